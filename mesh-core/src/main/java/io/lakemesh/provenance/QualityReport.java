package io.lakemesh.provenance;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import io.lakemesh.check.TableReport;
import io.lakemesh.document.Node;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The judgement of a run: one report for each table that it read rows for. */
public record QualityReport(String runId, List<TableReport> tables) {
    public QualityReport {
        tables = List.copyOf(tables);
    }

    public RowCounts rows() {
        return tables.stream().map(TableReport::rows).reduce(RowCounts.ZERO, RowCounts::plus);
    }

    public List<CheckResult> checks() {
        return tables.stream().flatMap(table -> table.checks().stream()).toList();
    }

    public Optional<TableReport> table(String object) {
        return tables.stream().filter(table -> table.object().equals(object)).findFirst();
    }

    public Node.Mapping toNode() {
        return Node.mapping()
                .put("run", runId)
                .put("tables", tables.stream().map(QualityReport::write).toList())
                .build();
    }

    public static QualityReport of(Node.Mapping node) {
        return new QualityReport(
                Documented.text(node, "run"),
                node.list("tables").stream()
                        .map(Documented::mapping)
                        .map(QualityReport::table)
                        .toList());
    }

    /** Row counts as every command prints them. */
    public static Node.Mapping write(RowCounts rows) {
        return Node.mapping()
                .put("read", rows.read())
                .put("published", rows.published())
                .put("quarantined", rows.quarantined())
                .put("withheld", rows.withheld())
                .build();
    }

    /** A check as every command prints it. */
    public static Node.Mapping write(CheckResult check) {
        return Node.mapping()
                .put("id", check.id())
                .put("object", check.object())
                .put("metric", check.metric())
                .put("value", check.value())
                .put("expected", check.expected())
                .put("passed", check.passed())
                .put("outcome", check.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("severity", check.severity())
                .putIfPresent("note", Optional.ofNullable(check.note()))
                .build();
    }

    static RowCounts rows(Node.Mapping node) {
        return new RowCounts(
                Documented.number(node, "read"),
                Documented.number(node, "published"),
                Documented.number(node, "quarantined"),
                Documented.number(node, "withheld"));
    }

    private static Node write(TableReport table) {
        return Node.mapping()
                .put("object", table.object())
                .put("rows", write(table.rows()))
                .put("checks", table.checks().stream().map(QualityReport::write).toList())
                .put("reasons", table.reasons())
                .build();
    }

    private static TableReport table(Node.Mapping node) {
        Node.Mapping reasons = Documented.mapping(node, "reasons");
        Map<String, Long> counts = new LinkedHashMap<>();
        reasons.entries().keySet().forEach(rule -> counts.put(rule, Documented.number(reasons, rule)));
        return new TableReport(
                Documented.text(node, "object"),
                rows(Documented.mapping(node, "rows")),
                node.list("checks").stream()
                        .map(Documented::mapping)
                        .map(QualityReport::check)
                        .toList(),
                counts);
    }

    private static CheckResult check(Node.Mapping node) {
        return new CheckResult(
                Documented.text(node, "id"),
                Documented.text(node, "object"),
                Documented.text(node, "metric"),
                node.text("value").map(BigDecimal::new).orElse(null),
                Documented.text(node, "expected"),
                CheckResult.Outcome.valueOf(Documented.text(node, "outcome")
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')),
                Documented.text(node, "severity"),
                node.text("note").orElse(null));
    }
}
