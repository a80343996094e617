package io.lakemesh.check;

/** The parts of a date, a time, or both, as read from text. A buffer. */
final class TimeFields {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micros;
    int offsetSeconds;
    boolean hasOffset;

    void clear() {
        year = 1970;
        month = 1;
        day = 1;
        hour = 0;
        minute = 0;
        second = 0;
        micros = 0;
        offsetSeconds = 0;
        hasOffset = false;
    }

    boolean areValid() {
        return CivilTime.isDate(year, month, day) && CivilTime.isTime(hour, minute, second);
    }

    long epochDay() {
        return CivilTime.epochDay(year, month, day);
    }

    long microsOfDay() {
        return CivilTime.microsOfDay(hour, minute, second, micros);
    }

    long localMicros() {
        return epochDay() * CivilTime.MICROS_PER_DAY + microsOfDay();
    }

    long utcMicros() {
        return localMicros() - offsetSeconds * CivilTime.MICROS_PER_SECOND;
    }

    /** Reads the common spellings of dates and times fast. Text that it does not know may still be right. */
    interface Reader {
        /** Whether the whole text was read into valid fields. */
        boolean read(byte[] bytes, int from, int to, TimeFields out);
    }
}
