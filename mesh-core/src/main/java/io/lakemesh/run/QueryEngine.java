package io.lakemesh.run;

import io.lakemesh.batch.RecordSource;
import java.util.Map;

/**
 * A service that answers SQL. Adapters register one for {@link java.util.ServiceLoader}. Nothing is sent before a query's first row
 * is asked for.
 */
public interface QueryEngine {
    /** The section of {@code mesh.yaml} with its settings, and what its inputs begin with before a colon: {@code trino}. */
    String name();

    /**
     * A statement of a person.
     *
     * @param settings the section's entries; what they hold is not shown
     * @throws io.lakemesh.error.InvalidInputException if a setting is missing or wrong
     */
    Query query(Map<String, String> settings, String sql);

    /**
     * The rows of a query as a run's input, read in constant memory. What the query reads stays as it is while it runs, or the run
     * fails with a {@code ConflictException}; it can't write.
     *
     * @throws io.lakemesh.error.InvalidInputException if a setting is missing or wrong
     */
    RecordSource source(Map<String, String> settings, String sql);
}
