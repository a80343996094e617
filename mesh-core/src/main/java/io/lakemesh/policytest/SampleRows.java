package io.lakemesh.policytest;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.policy.Decision.Granted;
import io.lakemesh.policy.GovernedReader;
import io.lakemesh.predicate.Evaluator;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows that a table may hold. Columns that they don't name are null. */
record SampleRows(TableSchema schema, List<Map<String, @Nullable Object>> rows) {
    SampleRows {
        rows = List.copyOf(rows);
    }

    /** The rows as our reader shows them: filtered by what is beneath, then masked. */
    List<Map<String, @Nullable Object>> seenBy(Granted granted) {
        Batch all = batch(rows);
        List<Evaluator> filters = granted.rows().stream().map(Evaluator::of).toList();
        List<Map<String, @Nullable Object>> passed = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int at = row;
            if (filters.stream().allMatch(filter -> filter.isTrue(all, at))) {
                passed.add(rows.get(row));
            }
        }
        return masked(batch(passed), granted);
    }

    private Batch batch(List<Map<String, @Nullable Object>> content) {
        Batch batch = new Batch(schema);
        for (int row = 0; row < content.size(); row++) {
            for (int column = 0; column < schema.size(); column++) {
                batch.column(column)
                        .set(row, content.get(row).get(schema.field(column).name()));
            }
        }
        batch.setSize(content.size());
        return batch;
    }

    private List<Map<String, @Nullable Object>> masked(Batch passed, Granted granted) {
        List<Map<String, @Nullable Object>> seen = new ArrayList<>();
        try (GovernedReader reader = new GovernedReader(once(passed), granted, schema)) {
            Batch batch = Objects.requireNonNull(reader.next());
            for (int row = 0; row < batch.size(); row++) {
                seen.add(batch.row(row).asMap());
            }
        }
        return seen;
    }

    private static BatchReader once(Batch batch) {
        return new BatchReader() {
            @Override
            public Batch next() {
                return batch;
            }

            @Override
            public void close() {}
        };
    }
}
