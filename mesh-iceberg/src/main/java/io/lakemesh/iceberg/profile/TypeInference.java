package io.lakemesh.iceberg.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Narrows down what a column's values could be. Digits with a leading zero or plus are text: they are codes and telephone numbers.
 * A type that this names is one that a contract's conversion accepts each value as.
 */
final class TypeInference {
    private static final int LONGEST_INTEGER = 18;
    private static final int LONGEST_NUMBER = 64;
    private static final Set<InferredType> NUMBERS = EnumSet.of(InferredType.INTEGER, InferredType.NUMBER);

    private final EnumSet<InferredType> possible = EnumSet.allOf(InferredType.class);
    private boolean seen;

    void add(Object value) {
        seen = true;
        if (value instanceof String text) {
            possible.removeIf(type -> !fits(type, text));
        } else {
            possible.retainAll(ofClass(value));
        }
    }

    boolean couldBe(InferredType type) {
        return possible.contains(type);
    }

    InferredType result() {
        return seen && !possible.isEmpty() ? possible.iterator().next() : InferredType.OTHER;
    }

    private static Set<InferredType> ofClass(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return NUMBERS;
        }
        if (value instanceof BigInteger integer && integer.bitLength() < Long.SIZE) {
            return NUMBERS;
        }
        if (value instanceof BigDecimal || (value instanceof Double number && Double.isFinite(number))) {
            return EnumSet.of(InferredType.NUMBER);
        }
        return EnumSet.of(ofSimpleClass(value));
    }

    private static InferredType ofSimpleClass(Object value) {
        if (value instanceof Float number && Float.isFinite(number)) {
            return InferredType.NUMBER;
        }
        if (value instanceof Boolean) {
            return InferredType.BOOLEAN;
        }
        if (value instanceof LocalDate) {
            return InferredType.DATE;
        }
        if (value instanceof LocalTime) {
            return InferredType.TIME;
        }
        if (value instanceof LocalDateTime) {
            return InferredType.TIMESTAMP;
        }
        return value instanceof OffsetDateTime ? InferredType.TIMESTAMP_WITH_OFFSET : InferredType.OTHER;
    }

    private static boolean fits(InferredType type, String text) {
        return switch (type) {
            case BOOLEAN -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case INTEGER -> isInteger(text);
            case NUMBER -> isNumber(text);
            case DATE -> text.length() == 10 && isDate(text);
            case TIME -> looksLikeTime(text, 0) && parses(() -> LocalTime.parse(text));
            case TIMESTAMP -> isTimestamp(text) && parses(() -> LocalDateTime.parse(text));
            case TIMESTAMP_WITH_OFFSET -> isTimestamp(text) && parses(() -> OffsetDateTime.parse(text));
            case STRING -> true;
            case OTHER -> false;
        };
    }

    private static boolean isInteger(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, from);
        return digits > 0
                && digits <= LONGEST_INTEGER
                && from + digits == text.length()
                && (digits == 1 || text.charAt(from) != '0');
    }

    private static boolean isNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, from);
        if (text.length() > LONGEST_NUMBER || digits == 0 || (digits > 1 && text.charAt(from) == '0')) {
            return false;
        }
        int point = from + digits;
        int fraction = point < text.length() && text.charAt(point) == '.' ? digits(text, point + 1) : 0;
        return fraction == 0 ? point == text.length() : point + 1 + fraction == text.length();
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    private static boolean isDate(String text) {
        return digits(text, 0) == 4 && text.charAt(4) == '-' && parses(() -> LocalDate.parse(text));
    }

    private static boolean isTimestamp(String text) {
        return text.length() >= 16 && digits(text, 0) == 4 && text.charAt(10) == 'T' && looksLikeTime(text, 11);
    }

    private static boolean looksLikeTime(String text, int from) {
        return text.length() >= from + 5 && digits(text, from) == 2 && text.charAt(from + 2) == ':';
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
