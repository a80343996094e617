package io.lakemesh.policy;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as a subject may see them: masks each batch in place. Row filters are the scan's, which knows the values beneath. */
public final class GovernedReader implements BatchReader {
    private final BatchReader rows;
    private final List<Masking> maskings;

    /**
     * Governs rows.
     *
     * @param columns of the rows, with field ids
     * @param revealed by field id; what is shown of a column in the place of what the decision says
     */
    public GovernedReader(
            BatchReader rows, Decision.Granted decision, TableSchema columns, Map<Integer, Masking> revealed) {
        this.rows = rows;
        this.maskings = columns.fields().stream()
                .map(field -> revealed.getOrDefault(field.id(), Masking.of(mask(field, decision), field.type())))
                .toList();
    }

    /** Governs rows of which nothing is revealed. */
    public GovernedReader(BatchReader rows, Decision.Granted decision, TableSchema columns) {
        this(rows, decision, columns, Map.of());
    }

    /** What is shown of a column. A mask that does not fit its type, as of a release before it was widened, hides it. */
    public static Mask mask(Field field, Decision.Granted decision) {
        Mask mask = decision.mask(field.id());
        return mask.fault(field.type()).isEmpty() ? mask : Mask.Plain.NULL;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows.next();
        if (batch != null) {
            for (int column = 0; column < maskings.size(); column++) {
                maskings.get(column).apply(batch.column(column), batch.size());
            }
        }
        return batch;
    }

    @Override
    public void close() {
        rows.close();
    }
}
