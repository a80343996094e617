package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.predicate.Evaluator;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;

/** Passes on the rows for which a predicate is true, with the columns that are wanted. */
final class RowFilter {
    private final Evaluator evaluator;
    private final int[] sources;
    private final Batch passed;

    RowFilter(Predicate predicate, TableSchema whole, TableSchema wanted) {
        this.evaluator = Evaluator.of(predicate);
        this.sources = wanted.fields().stream()
                .map(Field::name)
                .mapToInt(name -> whole.position(name).orElseThrow())
                .toArray();
        this.passed = new Batch(wanted);
    }

    Batch pass(Batch batch) {
        int rows = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (evaluator.isTrue(batch, row)) {
                for (int column = 0; column < sources.length; column++) {
                    SortBuffer.copy(batch.column(sources[column]), row, passed.column(column), rows);
                }
                rows++;
            }
        }
        passed.setSize(rows);
        return passed;
    }
}
