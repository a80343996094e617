package io.lakemesh.check;

/** ISO 8601 in its common spellings: {@code 2024-01-31}, {@code 23:20[:00[.123456789]]}, both with T or a blank, Z or an offset. */
final class IsoReaders {
    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST_TIME = 5;
    private static final int MAX_OFFSET_HOURS = 18;

    private IsoReaders() {}

    static boolean date(byte[] bytes, int from, int to, TimeFields out) {
        out.clear();
        return to - from == DATE_LENGTH && readDate(bytes, from, out) && out.areValid();
    }

    static boolean time(byte[] bytes, int from, int to, TimeFields out) {
        out.clear();
        return readTime(bytes, from, to, out) == to && out.areValid();
    }

    static boolean dateTime(byte[] bytes, int from, int to, TimeFields out) {
        out.clear();
        if (to - from < DATE_LENGTH + 1 + SHORTEST_TIME || !readDate(bytes, from, out)) {
            return false;
        }
        byte separator = bytes[from + DATE_LENGTH];
        if (separator != 'T' && separator != ' ') {
            return false;
        }
        int end = readTime(bytes, from + DATE_LENGTH + 1, to, out);
        return end > 0 && (end == to || readOffset(bytes, end, to, out)) && out.areValid();
    }

    private static boolean readDate(byte[] bytes, int at, TimeFields out) {
        int century = Utf8.twoDigits(bytes, at);
        int year = Utf8.twoDigits(bytes, at + 2);
        out.year = century * 100 + year;
        out.month = Utf8.twoDigits(bytes, at + 5);
        out.day = Utf8.twoDigits(bytes, at + 8);
        return century >= 0 && year >= 0 && bytes[at + 4] == '-' && bytes[at + 7] == '-';
    }

    /** Gives the position after the time; -1 if there is none. */
    private static int readTime(byte[] bytes, int at, int to, TimeFields out) {
        if (to - at < SHORTEST_TIME || bytes[at + 2] != ':') {
            return -1;
        }
        out.hour = Utf8.twoDigits(bytes, at);
        out.minute = Utf8.twoDigits(bytes, at + 3);
        int end = at + SHORTEST_TIME;
        if (to - end < 3 || bytes[end] != ':') {
            return end;
        }
        out.second = Utf8.twoDigits(bytes, end + 1);
        end += 3;
        return end < to && bytes[end] == '.' ? readFraction(bytes, end + 1, to, out) : end;
    }

    private static int readFraction(byte[] bytes, int at, int to, TimeFields out) {
        int end = at;
        int nanos = 0;
        for (; end < to && end - at < 9 && Utf8.isDigit(bytes[end]); end++) {
            nanos = nanos * 10 + Utf8.digit(bytes[end]);
        }
        if (end == at) {
            return -1;
        }
        for (int digits = end - at; digits < 9; digits++) {
            nanos *= 10;
        }
        out.micros = nanos / 1000;
        return end;
    }

    /** {@code Z}, or hours and minutes with a colon. */
    static boolean readOffset(byte[] bytes, int at, int to, TimeFields out) {
        out.hasOffset = true;
        if (to - at == 1) {
            return bytes[at] == 'Z';
        }
        return to - at == 6 && bytes[at + 3] == ':' && setOffset(bytes, at, at + 4, out);
    }

    static boolean setOffset(byte[] bytes, int at, int minutesAt, TimeFields out) {
        int hours = Utf8.twoDigits(bytes, at + 1);
        int minutes = Utf8.twoDigits(bytes, minutesAt);
        int seconds = hours * 3600 + minutes * 60;
        out.offsetSeconds = bytes[at] == '-' ? -seconds : seconds;
        return (bytes[at] == '+' || bytes[at] == '-')
                && hours >= 0
                && hours < MAX_OFFSET_HOURS
                && minutes >= 0
                && minutes <= 59;
    }
}
