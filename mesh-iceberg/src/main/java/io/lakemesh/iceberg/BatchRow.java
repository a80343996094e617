package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.schema.DataType;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** One row of a batch; moved from row to row. As a struct it has the values that Iceberg's partition transforms take. */
final class BatchRow implements StructLike {
    private Batch batch;
    private int row;

    BatchRow(Batch batch) {
        this.batch = batch;
    }

    BatchRow at(Batch other, int position) {
        this.batch = other;
        this.row = position;
        return this;
    }

    Batch batch() {
        return batch;
    }

    int row() {
        return row;
    }

    /** The value as our API has it. */
    @Nullable
    Object value(int position) {
        return batch.column(position).get(row);
    }

    @Override
    public int size() {
        return batch.schema().size();
    }

    @Override
    @SuppressWarnings("NullAway") // Iceberg's interface is not annotated: null is a null
    public <T> T get(int position, Class<T> type) {
        return type.cast(internal(batch.column(position)));
    }

    private @Nullable Object internal(Vector vector) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof LongVector longs && vector.type() != DataType.Primitive.BOOLEAN) {
            boolean narrow = vector.type() == DataType.Primitive.INT || vector.type() == DataType.Primitive.DATE;
            return narrow ? (Object) (int) longs.value(row) : (Object) longs.value(row);
        }
        return vector.get(row);
    }

    @Override
    public <T> void set(int position, T value) {
        throw new IllegalStateException("Cannot set a value of a row that is read");
    }
}
