package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.contract.ContractChange;
import io.lakemesh.contract.TableContract;
import io.lakemesh.document.Node;
import io.lakemesh.run.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What publishing would change, and what would hold. */
public record PlanReport(Plan plan) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("product", plan.contract().address().toString())
                .putIfPresent("release", Optional.ofNullable(plan.release()))
                .put("breaking", plan.isBreaking())
                .put(
                        "created",
                        plan.created().stream()
                                .map(table -> table.table().toString())
                                .toList())
                .put("changes", plan.changes().stream().map(PlanReport::change).toList())
                .put("refusals", plan.refusals())
                .put(
                        "undeclared",
                        plan.undeclared().stream()
                                .map(ValidationReport::problem)
                                .toList())
                .put(
                        "tables",
                        plan.contract().tables().stream().map(PlanReport::table).toList())
                .build();
    }

    private static Node change(ContractChange change) {
        return Node.mapping()
                .put("level", change.level().name().toLowerCase(Locale.ROOT))
                .put("path", change.path())
                .put("text", change.text())
                .build();
    }

    private static Node table(TableContract table) {
        return Node.mapping()
                .put("object", table.object())
                .put("table", table.table().toString())
                .put("contract", table.contractId())
                .put("version", table.contractVersion())
                .put("max-quarantined", table.maxQuarantined())
                .put("partition", RuleTexts.partition(table))
                .put(
                        "rules",
                        table.rules().stream()
                                .map(RuleTexts::of)
                                .map(PlanReport::rule)
                                .toList())
                .build();
    }

    private static Node rule(RuleTexts rule) {
        return Node.mapping()
                .put("id", rule.id())
                .put("asks", rule.asks())
                .put("otherwise", rule.otherwise())
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, headline());
        plan.created().forEach(table -> screen.line("  new table " + table.table()));
        plan.changes().forEach(change -> screen.line(style(change), "  " + change));
        plan.refusals().forEach(refusal -> screen.line(Style.BAD, "  would be refused: " + refusal));
        plan.undeclared().forEach(problem -> screen.line(Style.WARNING, "  " + problem));
        plan.contract().tables().forEach(table -> print(screen, table));
    }

    private String headline() {
        String release = plan.release() == null ? "not published yet" : "release " + plan.release() + " is the newest";
        return plan.contract().address() + ", " + release
                + (plan.isEmpty() ? ": nothing would change" : ", would change:");
    }

    private static Style style(ContractChange change) {
        return switch (change.level()) {
            case PATCH -> Style.PLAIN;
            case ADDITIVE -> Style.GOOD;
            case BREAKING -> Style.BAD;
        };
    }

    private static void print(Screen screen, TableContract table) {
        screen.blank();
        screen.line(Style.BOLD, "What holds in " + table.table() + ", contract version " + table.contractVersion());
        List<String> partition = RuleTexts.partition(table);
        screen.line("  " + (partition.isEmpty() ? "not partitioned" : "partitioned by " + String.join(", ", partition))
                + "; " + table.columns().size() + " columns, whose types and limits set rows aside");
        TextTable rules = TextTable.of("rule", "asks", "otherwise");
        table.rules().stream().map(RuleTexts::of).forEach(rule -> rules.row(rule.id(), rule.asks(), rule.otherwise()));
        rules.row("maxQuarantined", "share set aside <= " + table.maxQuarantined(), "the run is refused");
        rules.print(screen);
    }
}
