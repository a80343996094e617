package io.lakemesh.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means in YAML 1.2's core schema (section 10.3.2 of its specification). */
final class CoreScalars {
    /** A number whose digits, written out, are more than these is refused. */
    static final int LONGEST_NUMBER = 1_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> INFINITIES = Set.of(".inf", ".Inf", ".INF");
    private static final Set<String> NANS = Set.of(".nan", ".NaN", ".NAN");

    private CoreScalars() {}

    /**
     * The value: null, {@code Boolean}, {@code BigDecimal}, {@code Double} or {@code String}.
     *
     * @throws ArithmeticException if it is a number that is too long
     */
    static @Nullable Object resolve(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        return mayBeNumber(text.charAt(0)) ? number(text) : text;
    }

    private static boolean mayBeNumber(char first) {
        return isDigit(first) || first == '-' || first == '+' || first == '.';
    }

    private static Object number(String text) {
        if (text.startsWith("0x") && text.length() > 2) {
            return integer(text, 16);
        }
        if (text.startsWith("0o") && text.length() > 2) {
            return integer(text, 8);
        }
        if (NANS.contains(text)) {
            return Double.NaN;
        }
        String unsigned = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
        if (INFINITIES.contains(unsigned)) {
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return isDecimal(unsigned) ? decimal(text) : text;
    }

    private static Object integer(String text, int radix) {
        String digits = text.substring(2);
        if (!digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0)) {
            return text;
        }
        requireShort(digits.length());
        return new BigDecimal(new BigInteger(digits, radix));
    }

    /** Digits with at most one point among or around them, and perhaps an exponent. */
    private static boolean isDecimal(String text) {
        int whole = digits(text, 0);
        int point = whole < text.length() && text.charAt(whole) == '.' ? whole + 1 : whole;
        int end = point > whole ? digits(text, point) : whole;
        boolean hasDigits = whole > 0 || end > point;
        return hasDigits && (end == text.length() || isExponent(text, end));
    }

    private static boolean isExponent(String text, int start) {
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return false;
        }
        boolean signed = start + 1 < text.length() && "+-".indexOf(text.charAt(start + 1)) >= 0;
        int first = signed ? start + 2 : start + 1;
        return first < text.length() && digits(text, first) == text.length();
    }

    private static int digits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static BigDecimal decimal(String text) {
        requireShort(text.length());
        try {
            BigDecimal number = new BigDecimal(text);
            requireShort(Math.abs((long) number.scale()));
            return number;
        } catch (NumberFormatException exponentOutOfRange) {
            throw new ArithmeticException("exponent");
        }
    }

    private static void requireShort(long length) {
        if (length > LONGEST_NUMBER) {
            throw new ArithmeticException("length");
        }
    }
}
