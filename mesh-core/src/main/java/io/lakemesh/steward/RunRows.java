package io.lakemesh.steward;

import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Layout;
import java.util.List;

/** A row for each run that ended. */
final class RunRows {
    private static final Layout<RunRecord> LAYOUT = new Layout<RunRecord>()
            .text("domain", "The product's domain", run -> run.address().domain())
            .text("product", "The product's name", run -> run.address().name())
            .text("run_id", "The run; one that was refused may run again", RunRecord::runId)
            .text("outcome", "published or refused", run -> run.outcome().toString())
            .text("mode", "What the run does with the rows that are there", RunRecord::mode)
            .number("release", "The release that it made; null if it was refused", RunRecord::release)
            .text("resolves", "The refused run whose rows it deals with", RunRecord::resolves)
            .time("started_at", "When it began; null where that is not known", RunRecord::startedAt)
            .time("finished_at", "When it ended", RunRecord::finishedAt)
            .number("input_count", "Files and queries that it read", run ->
                    (long) run.inputs().size())
            .number("input_bytes", "Their size", RunRows::bytes)
            .number("read_row_count", "Rows read: published, quarantined and withheld", run -> run.rows()
                    .read())
            .number("published_row_count", "Rows published", run -> run.rows().published())
            .number("quarantined_row_count", "Rows set aside", run -> run.rows().quarantined())
            .number("withheld_row_count", "Good rows of a refused run", run -> run.rows()
                    .withheld())
            .text("report", "SHA-256 of the quality report; null for a rollback", RunRecord::report);

    static final StewardTable TABLE = StewardTable.of(
            "runs", "Every run of every product, published or refused", true, LAYOUT, ended -> List.of(ended.run()));

    private RunRows() {}

    private static long bytes(RunRecord run) {
        return run.inputs().stream()
                .mapToLong(input -> input.evidence().bytes())
                .sum();
    }
}
