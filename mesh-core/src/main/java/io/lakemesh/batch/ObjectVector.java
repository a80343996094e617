package io.lakemesh.batch;

import io.lakemesh.schema.DataType;
import org.jspecify.annotations.Nullable;

/** Values that are objects: string, decimal, uuid, binary, struct, list, map. */
public final class ObjectVector extends Vector {
    private final @Nullable Object[] values;

    ObjectVector(DataType type, int capacity) {
        super(type, capacity);
        this.values = new @Nullable Object[capacity];
    }

    @Override
    void copyPresent(int row, Vector source, int sourceRow) {
        values[row] = ((ObjectVector) source).values[sourceRow];
    }

    @Override
    Object box(int row) {
        Object value = values[row];
        if (value == null) {
            throw new IllegalStateException("Invalid vector: row " + row + " was never set");
        }
        return value;
    }

    @Override
    void unbox(int row, Object value) {
        values[row] = value;
    }
}
