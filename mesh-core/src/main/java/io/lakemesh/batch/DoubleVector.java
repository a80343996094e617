package io.lakemesh.batch;

import io.lakemesh.schema.DataType;

/** Floating-point numbers: float and double. */
public final class DoubleVector extends Vector {
    private final double[] values;

    DoubleVector(DataType type, int capacity) {
        super(type, capacity);
        this.values = new double[capacity];
    }

    /** Undefined where the row is null. */
    public double value(int row) {
        return values[row];
    }

    public void setValue(int row, double value) {
        markPresent(row);
        values[row] = value;
    }

    @Override
    void copyPresent(int row, Vector source, int sourceRow) {
        values[row] = ((DoubleVector) source).values[sourceRow];
    }

    @Override
    Object box(int row) {
        return type() == DataType.Primitive.FLOAT ? (Object) (float) values[row] : (Object) values[row];
    }

    @Override
    void unbox(int row, Object value) {
        values[row] = ((Number) value).doubleValue();
    }
}
