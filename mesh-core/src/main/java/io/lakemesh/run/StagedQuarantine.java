package io.lakemesh.run;

import io.lakemesh.check.QuarantineSink;
import io.lakemesh.provenance.TableVersion;
import java.util.Optional;

/** The rows of a run that are set aside, on their way to a quarantine table. Not thread-safe. */
public interface StagedQuarantine extends QuarantineSink, AutoCloseable {
    /** Rows written so far. */
    long rows();

    /**
     * Makes the rows visible under the run's id, in place of what the same run id left there before.
     *
     * @throws io.lakemesh.error.ConflictException if others were quicker until the deadline
     * @return the quarantine table's version with them, and the digests of what was added; empty if there were no rows
     */
    Optional<TableVersion> commit(String runId, Deadline deadline);

    /** Removes what was staged. */
    void discard();

    @Override
    void close();
}
