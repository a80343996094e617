package io.lakemesh.predicate;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import org.jspecify.annotations.Nullable;

/** Passes on the rows for which a predicate is true, with the columns that are wanted. Not thread-safe. */
public final class RowFilter {
    private final Evaluator evaluator;
    private final int[] sources;
    /** Null where all columns are wanted: rows then move up in the batch that they are in. */
    private final @Nullable Batch apart;

    /**
     * Filters batches.
     *
     * @param whole the columns of the batches to come, which the predicate was parsed against
     * @param wanted those to pass on, by name
     */
    public RowFilter(Predicate predicate, TableSchema whole, TableSchema wanted) {
        this.evaluator = Evaluator.of(predicate);
        this.sources = wanted.fields().stream()
                .map(Field::name)
                .mapToInt(name -> whole.position(name).orElseThrow())
                .toArray();
        this.apart = wanted.fields().equals(whole.fields()) ? null : new Batch(wanted);
    }

    /** The rows that pass, maybe none; valid until the next call. The batch itself may be changed. */
    public Batch pass(Batch batch) {
        Batch passed = apart == null ? batch : apart;
        int size = batch.size();
        int rows = 0;
        for (int row = 0; row < size; row++) {
            if (evaluator.isTrue(batch, row)) {
                copy(batch, row, passed, rows);
                rows++;
            }
        }
        passed.setSize(rows);
        return passed;
    }

    private void copy(Batch from, int row, Batch to, int at) {
        if (from == to && row == at) {
            return;
        }
        for (int column = 0; column < sources.length; column++) {
            to.column(column).copy(at, from.column(sources[column]), row);
        }
    }
}
