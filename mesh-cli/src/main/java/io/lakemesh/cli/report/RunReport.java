package io.lakemesh.cli.report;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import io.lakemesh.check.TableReport;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.run.PublishResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a run ended: of {@code publish}, {@code check} and {@code rollback}. */
public record RunReport(PublishResult result) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("product", result.product().toString())
                .putIfPresent("release", Optional.ofNullable(result.release()))
                .put("run", result.runId())
                .put("outcome", result.outcome().toString())
                .put("rows", QualityReport.write(result.report().rows()))
                .put("ports", result.ports().stream().map(RunReport::port).toList())
                .put(
                        "checks",
                        result.report().checks().stream()
                                .map(QualityReport::write)
                                .toList())
                .put("reasons", reasons())
                .put("notes", result.notes())
                .putIfPresent("manifest", Optional.ofNullable(result.manifest()))
                .build();
    }

    private static Node port(PublishResult.Port port) {
        return Node.mapping()
                .put("name", port.name())
                .put("object", port.object())
                .put("table", port.table())
                .put("snapshot-id", port.snapshotId())
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(style(), headline());
        result.ports().forEach(port -> screen.line("  " + port.table() + " at snapshot " + port.snapshotId()));
        if (result.outcome() != PublishResult.Outcome.UNCHANGED) {
            printJudgement(screen);
        }
        result.notes().forEach(note -> screen.line("  note: " + note));
        advice().ifPresent(advice -> screen.line("Next: " + advice));
    }

    private void printJudgement(Screen screen) {
        RowCounts rows = result.report().rows();
        if (rows.read() > 0) {
            screen.line("  " + Words.rows(rows));
        }
        printReasons(screen);
        printChecks(screen);
    }

    private Style style() {
        return switch (result.outcome()) {
            case PUBLISHED, PASSED -> Style.GOOD;
            case UNCHANGED -> Style.BOLD;
            case REFUSED -> Style.BAD;
        };
    }

    private String headline() {
        return switch (result.outcome()) {
            case PUBLISHED -> "Published release " + result.release() + " of " + result.product();
            case UNCHANGED ->
                "Unchanged: this run is release " + result.release() + " of " + result.product() + " already";
            case REFUSED -> "Refused: nothing that readers of " + result.product() + " see was changed";
            case PASSED -> "Passed: " + result.product() + " would publish this";
        };
    }

    private void printChecks(Screen screen) {
        List<CheckResult> checks = result.report().checks();
        long passed = checks.stream().filter(CheckResult::passed).count();
        if (checks.isEmpty()) {
            return;
        }
        screen.line("  " + passed + " of " + Words.count(checks.size(), "check") + " passed"
                + (passed == checks.size() ? "" : ", the others:"));
        TextTable table = TextTable.of("", "check", ">value", "expected", "");
        checks.stream()
                .filter(check -> !check.passed())
                .forEach(check -> table.row(
                        Words.outcome(check),
                        check.id(),
                        Words.number(check.value()),
                        check.metric() + " " + check.expected(),
                        Optional.ofNullable(check.note()).orElse("")));
        table.print(screen);
    }

    private void printReasons(Screen screen) {
        TextTable table = TextTable.of("set aside by rule", ">rows");
        reasons().forEach((rule, rows) -> table.row(rule, Words.count(rows)));
        table.print(screen);
    }

    private Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        for (TableReport table : result.report().tables()) {
            table.reasons().forEach((rule, rows) -> reasons.merge(rule, rows, Long::sum));
        }
        return reasons;
    }

    private Optional<String> advice() {
        return result.outcome() == PublishResult.Outcome.REFUSED
                ? Optional.of("mesh quarantine " + Words.shell(result.product().toString())
                        + " says more; mend the source, then publish it with --resolves " + Words.shell(result.runId()))
                : Optional.empty();
    }
}
