package io.lakemesh.contract;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;

/** The widenings that Iceberg allows without rewriting data. */
public final class TypePromotion {
    private TypePromotion() {}

    /** Whether values of one type can be read as the other, which is wider. */
    public static boolean isAllowed(DataType from, DataType to) {
        if (from instanceof DataType.Decimal narrow && to instanceof DataType.Decimal wide) {
            return narrow.scale() == wide.scale() && narrow.precision() < wide.precision();
        }
        return (from == Primitive.INT && to == Primitive.LONG) || (from == Primitive.FLOAT && to == Primitive.DOUBLE);
    }
}
