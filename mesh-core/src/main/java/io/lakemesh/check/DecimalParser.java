package io.lakemesh.check;

import io.lakemesh.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Fixed-point numbers that fit without rounding; kept with the column's scale. */
final class DecimalParser implements CellParser {
    /** Longer texts cost more than linear time to convert, and no value of 38 digits needs them. */
    private static final int LONGEST = 400;

    private static final int WIDEST_SCALE = 1000;

    private final DataType.Decimal type;

    DecimalParser(DataType.Decimal type) {
        this.type = type;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        int from = Utf8.trimStart(bytes, start, end);
        int to = Utf8.trimEnd(bytes, from, end);
        if (to - from > LONGEST || !isAscii(bytes, from, to)) {
            return false;
        }
        try {
            return set(new BigDecimal(Utf8.decode(bytes, from, to)), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean set(BigDecimal value, Cell out) {
        // a huge exponent would make setScale write out all of its digits
        if (Math.abs((long) value.scale()) > WIDEST_SCALE) {
            return false;
        }
        try {
            BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
            out.setObject(scaled);
            return scaled.precision() <= type.precision();
        } catch (ArithmeticException e) {
            return false;
        }
    }

    @Override
    public boolean accept(Object value, Cell out) {
        if (value instanceof BigDecimal decimal) {
            return set(decimal, out);
        }
        if (value instanceof BigInteger integer) {
            return set(new BigDecimal(integer), out);
        }
        boolean integer =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        return integer && set(BigDecimal.valueOf(((Number) value).longValue()), out);
    }
}
