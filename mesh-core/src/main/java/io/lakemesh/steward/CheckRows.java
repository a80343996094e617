package io.lakemesh.steward;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.TableReport;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Layout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row for each check of each run, and one for each rule by which a run set rows aside. */
record CheckRows(
        RunRecord run,
        String object,
        String id,
        String metric,
        @Nullable Double value,
        @Nullable String expected,
        String outcome,
        @Nullable String severity) {
    private static final Layout<CheckRows> LAYOUT = new Layout<CheckRows>()
            .text("domain", "The product's domain", row -> row.run.address().domain())
            .text("product", "The product's name", row -> row.run.address().name())
            .text("run_id", "The run that was checked", row -> row.run.runId())
            .number("release", "The release that it made; null if it was refused", row -> row.run.release())
            .time("finished_at", "When the run ended", row -> row.run.finishedAt())
            .text("object", "The contract's object", CheckRows::object)
            .text("check_id", "The rule's id, unique in its object", CheckRows::id)
            .text("metric", "What was measured; quarantinedRows for rows that a rule set aside", CheckRows::metric)
            .measure("value", "The measured number; null where nothing was measured", CheckRows::value)
            .text("expected", "What was asked, in words", CheckRows::expected)
            .text("outcome", "passed, failed, warned, not-checked; quarantined for rows set aside", CheckRows::outcome)
            .text("severity", "As the contract says it", CheckRows::severity);

    static final StewardTable TABLE =
            StewardTable.of("checks", "How the checks of every run came out", true, LAYOUT, CheckRows::of);

    private static List<CheckRows> of(EndedRun ended) {
        QualityReport report = ended.report();
        List<CheckRows> rows = new ArrayList<>();
        if (report != null) {
            for (TableReport table : report.tables()) {
                table.checks().forEach(check -> rows.add(of(ended.run(), check)));
                table.reasons().entrySet().forEach(reason -> rows.add(of(ended.run(), table.object(), reason)));
            }
        }
        return rows;
    }

    private static CheckRows of(RunRecord run, CheckResult check) {
        BigDecimal value = check.value();
        return new CheckRows(
                run,
                check.object(),
                check.id(),
                check.metric(),
                value == null ? null : value.doubleValue(),
                check.expected(),
                check.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                check.severity());
    }

    private static CheckRows of(RunRecord run, String object, Map.Entry<String, Long> reason) {
        return new CheckRows(
                run,
                object,
                reason.getKey(),
                "quarantinedRows",
                reason.getValue().doubleValue(),
                null,
                "quarantined",
                null);
    }
}
