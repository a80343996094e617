package io.lakemesh.check;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Floating-point numbers, finite ones only: digits with an optional sign, point and exponent, blanks around them; each the double
 * (or float) nearest to the text.
 */
final class NumberParser implements CellParser {
    private static final long EXACT = 1L << 53;
    private static final int SAFE_DIGITS = 18;
    private static final double[] POWERS = powers();

    private final boolean single;

    private NumberParser(boolean single) {
        this.single = single;
    }

    static NumberParser ofDouble() {
        return new NumberParser(false);
    }

    static NumberParser ofFloat() {
        return new NumberParser(true);
    }

    /** The bits of a number by which equal numbers are told: zero has one sign only. */
    static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    private static double[] powers() {
        double[] powers = new double[23];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Double.parseDouble("1e" + i);
        }
        return powers;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        int from = Utf8.trimStart(bytes, start, end);
        int to = Utf8.trimEnd(bytes, from, end);
        return (!single && parseFast(bytes, from, to, out)) || parseSlow(bytes, from, to, out);
    }

    /** A mantissa below 2^53 over a power of ten up to 10^22: both exact, so that one division rounds right (Clinger). */
    private static boolean parseFast(byte[] bytes, int from, int to, Cell out) {
        boolean negative = from < to && bytes[from] == '-';
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            if (Utf8.isDigit(bytes[i])) {
                mantissa = mantissa * 10 + Utf8.digit(bytes[i]);
                digits++;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                return false;
            }
        }
        if (digits == 0 || digits > SAFE_DIGITS || mantissa > EXACT) {
            return false;
        }
        double value = point < 0 ? mantissa : mantissa / POWERS[to - point - 1];
        out.setNumber(negative ? -value : value);
        return true;
    }

    private boolean parseSlow(byte[] bytes, int from, int to, Cell out) {
        if (!isPlain(bytes, from, to)) {
            return false;
        }
        try {
            String text = Utf8.decode(bytes, from, to);
            return set(single ? Float.parseFloat(text) : Double.parseDouble(text), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Keeps out what only Java takes for a number: hexadecimal, type suffixes, NaN. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Utf8.isDigit(bytes[i]) && "+-.eE".indexOf(bytes[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean set(double value, Cell out) {
        out.setNumber(value);
        return Double.isFinite(value);
    }

    @Override
    public boolean accept(Object value, Cell out) {
        if (value instanceof Float number) {
            return set(number, out);
        }
        if (value instanceof Double number) {
            return (!single || number == number.floatValue()) && set(number, out);
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            Number number = (Number) value;
            return set(single ? number.floatValue() : number.doubleValue(), out);
        }
        return isInteger(value) && acceptInteger(((Number) value).longValue(), out);
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private boolean acceptInteger(long value, Cell out) {
        double number = single ? (float) value : (double) value;
        return new BigDecimal(number).compareTo(BigDecimal.valueOf(value)) == 0 && set(number, out);
    }

    @Override
    public boolean worthCaching() {
        return single;
    }
}
