package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.document.Node;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Checks {@code custom} rules; found by the name in the rule's {@code engine}. Safe for use by many threads; evaluations are not. */
public interface QualityEngine {
    /** As a contract's {@code engine} says it. */
    String name();

    /**
     * Starts to check one rule over one run's rows.
     *
     * @param implementation the rule's {@code implementation}
     * @throws io.lakemesh.error.InvalidInputException if the engine cannot make sense of it
     */
    Evaluation start(TableSchema schema, Node implementation);

    /** One rule over one run's rows. */
    interface Evaluation {
        /** Takes rows that would be published, as {@link RowSink#write} does. */
        void add(Batch batch, int[] selected, int count);

        /** The verdict over all rows; called once. */
        Verdict finish();
    }

    /**
     * What an engine found.
     *
     * @param value the measured number; null for none
     * @param expected what was asked, in words
     * @param note what the steward should know; null for nothing
     */
    record Verdict(boolean holds, @Nullable BigDecimal value, String expected, @Nullable String note) {}
}
