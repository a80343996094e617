package io.lakemesh.steward;

import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * A run that ended, and what is kept of it.
 *
 * @param id of a refused run: the digest of its record
 * @param manifest of a published run
 * @param report null for a rollback
 */
record EndedRun(String id, RunRecord run, @Nullable Manifest manifest, @Nullable QualityReport report) {
    boolean isRefused() {
        return run.outcome() == RunRecord.Outcome.REFUSED;
    }
}
