package io.lakemesh.predicate;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;

/** Passes on the rows for which a predicate is true, with the columns that are wanted. Not thread-safe. */
public final class RowFilter {
    private final Evaluator evaluator;
    private final int[] sources;
    private final Batch passed;

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
        this.passed = new Batch(wanted);
    }

    /** The rows that pass, maybe none; valid until the next call. */
    public Batch pass(Batch batch) {
        int rows = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (evaluator.isTrue(batch, row)) {
                for (int column = 0; column < sources.length; column++) {
                    passed.column(column).copy(rows, batch.column(sources[column]), row);
                }
                rows++;
            }
        }
        passed.setSize(rows);
        return passed;
    }
}
