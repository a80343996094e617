package io.lakemesh.mask;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;

/** Which numbers a type holds. */
final class Numbers {
    private Numbers() {}

    static boolean isWhole(DataType type) {
        return type == Primitive.INT || type == Primitive.LONG;
    }

    /** Whether a whole number's or a decimal's type holds exactly this number. */
    static boolean fits(BigDecimal number, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            BigDecimal plain = number.stripTrailingZeros();
            return plain.scale() <= decimal.scale()
                    && plain.precision() - plain.scale() <= decimal.precision() - decimal.scale();
        }
        int bits = type == Primitive.INT ? Integer.SIZE : Long.SIZE;
        return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < bits;
    }
}
