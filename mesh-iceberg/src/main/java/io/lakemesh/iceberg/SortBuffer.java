package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Holds a bounded number of rows back and passes them on in order: files are made of sorted runs. */
final class SortBuffer {
    static final int ROWS = 64 * Batch.CAPACITY;

    private final TableSchema schema;
    private final List<Batch> batches = new ArrayList<>();
    private final Comparator<Integer> order;
    private int size;

    SortBuffer(TableSchema schema, List<SortField> sort) {
        this.schema = schema;
        this.order =
                sort.stream().map(this::by).reduce(Comparator::thenComparing).orElseThrow();
    }

    private Comparator<Integer> by(SortField field) {
        Comparator<Integer> ascending = by(schema.position(field.column()).orElseThrow());
        return field.ascending() ? ascending : ascending.reversed();
    }

    private Comparator<Integer> by(int column) {
        return (left, right) -> compare(
                batches.get(left / Batch.CAPACITY).column(column),
                left % Batch.CAPACITY,
                batches.get(right / Batch.CAPACITY).column(column),
                right % Batch.CAPACITY);
    }

    /** Nulls first. */
    private static int compare(Vector left, int leftRow, Vector right, int rightRow) {
        if (left.isNull(leftRow) || right.isNull(rightRow)) {
            return Boolean.compare(right.isNull(rightRow), left.isNull(leftRow));
        }
        if (left instanceof LongVector longs) {
            return Long.compare(longs.value(leftRow), ((LongVector) right).value(rightRow));
        }
        if (left instanceof DoubleVector doubles) {
            return Double.compare(doubles.value(leftRow), ((DoubleVector) right).value(rightRow));
        }
        return compareObjects(left.get(leftRow), right.get(rightRow));
    }

    @SuppressWarnings("unchecked") // values of one column are of one class, and those of sort columns are comparable
    private static int compareObjects(@Nullable Object left, @Nullable Object right) {
        return Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder())
                .compare((Comparable<Object>) left, (Comparable<Object>) right);
    }

    void add(Batch batch, int[] selected, int count, DataFileWriter writer) {
        for (int i = 0; i < count; i++) {
            copy(batch, selected[i]);
            if (size == ROWS) {
                flush(writer);
            }
        }
    }

    private void copy(Batch from, int row) {
        if (size == batches.size() * Batch.CAPACITY) {
            batches.add(new Batch(schema));
        }
        copy(from, row, batches.get(size / Batch.CAPACITY), size % Batch.CAPACITY);
        size++;
    }

    private void copy(Batch from, int row, Batch to, int at) {
        for (int column = 0; column < schema.size(); column++) {
            to.column(column).copy(at, from.column(column), row);
        }
    }

    void flush(DataFileWriter writer) {
        List<Integer> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rows.add(i);
        }
        rows.sort(order);
        Batch sorted = new Batch(schema);
        for (int row : rows) {
            copy(batches.get(row / Batch.CAPACITY), row % Batch.CAPACITY, sorted, sorted.size());
            sorted.setSize(sorted.size() + 1);
            if (sorted.size() == Batch.CAPACITY) {
                write(sorted, writer);
            }
        }
        write(sorted, writer);
        size = 0;
    }

    private static void write(Batch sorted, DataFileWriter writer) {
        if (sorted.size() > 0) {
            writer.write(sorted, IntStream.range(0, sorted.size()).toArray(), sorted.size());
            sorted.setSize(0);
        }
    }
}
