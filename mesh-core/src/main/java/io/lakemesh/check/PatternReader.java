package io.lakemesh.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads texts of a {@code DateTimeFormatter} pattern of fixed widths: {@code dd/MM/uuuu HH:mm:ss.SSSXXX} and the like. */
final class PatternReader implements TimeFields.Reader {
    private final List<Step> steps;

    private PatternReader(List<Step> steps) {
        this.steps = steps;
    }

    /** Empty if the pattern has letters that need the JDK, or not all those that a date or a time needs. */
    static Optional<PatternReader> of(String pattern, boolean date, boolean time) {
        Set<String> parts = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = c == '\'' ? pattern.indexOf('\'', at + 1) + 1 : endOfRun(pattern, at);
            Step step = end <= 0 ? null : step(pattern.substring(at, end));
            if (step == null || (Character.isLetter(c) && !parts.add(pattern.substring(at, end)))) {
                return Optional.empty();
            }
            steps.add(step);
            at = end;
        }
        return covers(parts, date, time) ? Optional.of(new PatternReader(steps)) : Optional.empty();
    }

    private static boolean covers(Set<String> parts, boolean date, boolean time) {
        boolean hasDate = parts.containsAll(List.of("MM", "dd")) && (parts.contains("yyyy") ^ parts.contains("uuuu"));
        boolean hasTime = parts.containsAll(List.of("HH", "mm"));
        boolean fraction = parts.contains("SSS") || parts.contains("SSSSSS");
        boolean oneFraction = !(parts.contains("SSS") && parts.contains("SSSSSS"));
        return (hasDate || !date) && (hasTime || !time) && oneFraction && (parts.contains("ss") || !fraction);
    }

    private static int endOfRun(String pattern, int at) {
        int end = at + 1;
        while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
            end++;
        }
        return end;
    }

    private static @Nullable Step step(String part) {
        return switch (part) {
            case "yyyy", "uuuu" -> PatternReader::year;
            case "MM" -> pair((fields, value) -> fields.month = value);
            case "dd" -> pair((fields, value) -> fields.day = value);
            case "HH" -> pair((fields, value) -> fields.hour = value);
            case "mm" -> pair((fields, value) -> fields.minute = value);
            case "ss" -> pair((fields, value) -> fields.second = value);
            case "SSS" -> (bytes, at, to, out) -> fraction(bytes, at, to, 3, out);
            case "SSSSSS" -> (bytes, at, to, out) -> fraction(bytes, at, to, 6, out);
            case "XXX" -> PatternReader::offset;
            default -> literal(part);
        };
    }

    private static @Nullable Step literal(String part) {
        boolean quoted = part.length() > 2 && part.charAt(0) == '\'';
        String text = quoted ? part.substring(1, part.length() - 1) : part;
        boolean plain = text.chars().allMatch(c -> c < 0x80 && (quoted || " /-.:,_".indexOf(c) >= 0));
        return !plain || text.isEmpty() || text.indexOf('\'') >= 0
                ? null
                : (bytes, at, to, out) -> expect(text, bytes, at, to);
    }

    @Override
    public boolean read(byte[] bytes, int from, int to, TimeFields out) {
        out.clear();
        int at = from;
        for (Step step : steps) {
            at = step.read(bytes, at, to, out);
            if (at < 0) {
                return false;
            }
        }
        return at == to && out.areValid();
    }

    private static int expect(String text, byte[] bytes, int at, int to) {
        if (to - at < text.length()) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return -1;
            }
        }
        return at + text.length();
    }

    /** From year 1: the patterns' y has no year 0. */
    private static int year(byte[] bytes, int at, int to, TimeFields out) {
        int century = to - at < 4 ? -1 : Utf8.twoDigits(bytes, at);
        int year = century < 0 ? -1 : Utf8.twoDigits(bytes, at + 2);
        out.year = century * 100 + year;
        return year < 0 || out.year == 0 ? -1 : at + 4;
    }

    private static Step pair(Setter setter) {
        return (bytes, at, to, out) -> {
            int value = to - at < 2 ? -1 : Utf8.twoDigits(bytes, at);
            setter.set(out, value);
            return value < 0 ? -1 : at + 2;
        };
    }

    private static int fraction(byte[] bytes, int at, int to, int digits, TimeFields out) {
        if (to - at < digits) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (!Utf8.isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + Utf8.digit(bytes[i]);
        }
        out.micros = digits == 3 ? value * 1000 : value;
        return at + digits;
    }

    private static int offset(byte[] bytes, int at, int to, TimeFields out) {
        int end = at < to && bytes[at] == 'Z' ? at + 1 : at + 6;
        return end <= to && IsoReaders.readOffset(bytes, at, end, out) ? end : -1;
    }

    private interface Setter {
        void set(TimeFields fields, int value);
    }

    /** Reads one part; gives the position after it, -1 if it is not there. */
    private interface Step {
        int read(byte[] bytes, int at, int to, TimeFields out);
    }
}
