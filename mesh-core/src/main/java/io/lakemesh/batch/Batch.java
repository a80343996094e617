package io.lakemesh.batch;

import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Typed rows, column by column, in the order of a table's schema. A buffer that its producer fills again: valid until the
 * producer's next call. Not thread-safe.
 */
public final class Batch {
    /** Rows in a full batch. */
    public static final int CAPACITY = 1024;

    private final TableSchema schema;
    private final Vector[] columns;
    private int size;

    public Batch(TableSchema schema) {
        this.schema = schema;
        this.columns = schema.fields().stream()
                .map(field -> Vector.of(field.type(), CAPACITY))
                .toArray(Vector[]::new);
    }

    public TableSchema schema() {
        return schema;
    }

    public Vector column(int position) {
        return columns[position];
    }

    public int size() {
        return size;
    }

    public void setSize(int rows) {
        this.size = rows;
    }

    /** A copy of one row for the public API. */
    public Row row(int row) {
        List<String> names = schema.fields().stream().map(Field::name).toList();
        List<@Nullable Object> values = new ArrayList<>(columns.length);
        Arrays.stream(columns).forEach(column -> values.add(column.get(row)));
        return new Row(names, values);
    }
}
