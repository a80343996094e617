package io.lakemesh.check;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Whole numbers within a range: digits with an optional sign, blanks around them. */
final class IntegerParser implements CellParser {
    private static final int SAFE_DIGITS = 18;

    private final long minimum;
    private final long maximum;

    private IntegerParser(long minimum, long maximum) {
        this.minimum = minimum;
        this.maximum = maximum;
    }

    static IntegerParser ofInt() {
        return new IntegerParser(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static IntegerParser ofLong() {
        return new IntegerParser(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        int from = Utf8.trimStart(bytes, start, end);
        int to = Utf8.trimEnd(bytes, from, end);
        int digits = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
        if (digits == to || !allDigits(bytes, digits, to)) {
            return false;
        }
        return to - digits <= SAFE_DIGITS
                ? set(signed(bytes, from, digits, to), out)
                : setLarge(Utf8.decode(bytes, from, to), out);
    }

    private static boolean allDigits(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Utf8.isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static long signed(byte[] bytes, int sign, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + Utf8.digit(bytes[i]);
        }
        return bytes[sign] == '-' ? -value : value;
    }

    private boolean setLarge(String digits, Cell out) {
        try {
            return set(Long.parseLong(digits), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean set(long value, Cell out) {
        out.setWhole(value);
        return value >= minimum && value <= maximum;
    }

    @Override
    public boolean accept(Object value, Cell out) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return set(((Number) value).longValue(), out);
        }
        if (value instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE && set(integer.longValue(), out);
        }
        return value instanceof BigDecimal decimal && acceptDecimal(decimal, out);
    }

    private boolean acceptDecimal(BigDecimal value, Cell out) {
        try {
            return set(value.longValueExact(), out);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    @Override
    public boolean worthCaching() {
        return false;
    }
}
