package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import io.lakemesh.error.Place;
import io.lakemesh.policy.ColumnRule;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import java.util.List;
import java.util.Optional;

/** What a subject may read of a product's tables, and the rules that decide it. */
public record ExplanationReport(Subject subject, List<TablePolicy> policies) implements Report {
    /** Whether the subject may read none of the tables. */
    public boolean isDenied() {
        return policies.stream().allMatch(policy -> policy.grant(subject).isEmpty());
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("user", subject.user())
                .put("groups", subject.groups())
                .put("tables", policies.stream().map(this::table).toList())
                .build();
    }

    private Node table(TablePolicy policy) {
        Optional<Grant> grant = policy.grant(subject);
        var table = Node.mapping().put("table", policy.table().toString()).put("allowed", grant.isPresent());
        if (grant.isEmpty()) {
            return table.put("reason", reason(policy)).build();
        }
        return table.put("role", grant.get().role())
                .put("place", grant.get().place().toString())
                .put("rows", rows(grant.get()))
                .put("columns", columns(grant.get()))
                .build();
    }

    static List<Node> rows(Grant grant) {
        return grant.rows().stream()
                .<Node>map(rule -> Node.mapping()
                        .put("where", rule.predicate().toString())
                        .put("place", rule.place().toString())
                        .build())
                .toList();
    }

    private static List<Node> columns(Grant grant) {
        return grant.columns().entrySet().stream()
                .<Node>map(column -> column(grant, column.getKey(), column.getValue()))
                .toList();
    }

    private static Node column(Grant grant, String name, ColumnRule rule) {
        var column = Node.mapping()
                .put("column", name)
                .put("shown", rule.mask().toString())
                .put("place", rule.place().toString());
        Place reveals = grant.reveals().get(name);
        return (reveals == null ? column : column.put("revealed", reveals.toString())).build();
    }

    private String reason(TablePolicy policy) {
        return policy.decide(subject) instanceof Decision.Denied denied ? denied.reason() : "";
    }

    @Override
    public void print(Screen screen) {
        policies.forEach(policy -> policy.grant(subject)
                .ifPresentOrElse(
                        grant -> print(screen, policy, grant),
                        () -> screen.line(
                                Style.BAD,
                                subject.user() + " may not read " + policy.table() + ": " + reason(policy))));
    }

    private void print(Screen screen, TablePolicy policy, Grant grant) {
        screen.line(
                Style.BOLD,
                subject.user() + " may read " + policy.table() + " as " + grant.role() + " (" + grant.place() + ")");
        if (grant.rows().isEmpty()) {
            screen.line("  rows: all");
        }
        grant.rows().forEach(rule -> screen.line("  rows: " + rule.predicate() + " (" + rule.place() + ")"));
        TextTable table = TextTable.of("column", "shown", "by");
        grant.columns()
                .forEach((name, rule) ->
                        table.row(name, rule.mask().toString(), rule.place().toString()));
        table.print(screen);
        grant.reveals().forEach((name, place) -> screen.line("  may reveal " + name + " (" + place + ")"));
    }
}
