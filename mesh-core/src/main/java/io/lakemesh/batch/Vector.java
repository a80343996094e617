package io.lakemesh.batch;

import io.lakemesh.schema.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column in a {@link Batch}. A buffer that its producer fills again: valid until the producer's next call. Not
 * thread-safe.
 */
public abstract sealed class Vector permits LongVector, DoubleVector, ObjectVector {
    private final DataType type;
    private final boolean[] nulls;

    Vector(DataType type, int capacity) {
        this.type = type;
        this.nulls = new boolean[capacity];
    }

    /** An empty vector of the representation that the type has on the hot path. */
    public static Vector of(DataType type, int capacity) {
        if (type instanceof DataType.Primitive primitive) {
            return switch (primitive) {
                case BOOLEAN, INT, LONG, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new LongVector(type, capacity);
                case FLOAT, DOUBLE -> new DoubleVector(type, capacity);
                case STRING, UUID, BINARY -> new ObjectVector(type, capacity);
            };
        }
        return new ObjectVector(type, capacity);
    }

    public final DataType type() {
        return type;
    }

    public final int capacity() {
        return nulls.length;
    }

    public final boolean isNull(int row) {
        return nulls[row];
    }

    public final void setNull(int row) {
        nulls[row] = true;
    }

    final void markPresent(int row) {
        nulls[row] = false;
    }

    /** The value in the class that {@link DataType} names, or null. Boxes: for row rules and the public API, not for inner loops. */
    public final @Nullable Object get(int row) {
        return nulls[row] ? null : box(row);
    }

    /** Sets a value in the class that {@link DataType} names, or null. */
    public final void set(int row, @Nullable Object value) {
        if (value == null) {
            setNull(row);
        } else {
            markPresent(row);
            unbox(row, value);
        }
    }

    /** Copies a value, or null, from a vector of the same type. */
    public final void copy(int row, Vector source, int sourceRow) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            markPresent(row);
            copyPresent(row, source, sourceRow);
        }
    }

    abstract void copyPresent(int row, Vector source, int sourceRow);

    abstract Object box(int row);

    abstract void unbox(int row, Object value);
}
