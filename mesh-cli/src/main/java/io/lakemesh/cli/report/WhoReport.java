package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.policy.ColumnRule;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What each role sees of a column. */
public record WhoReport(String column, List<TablePolicy> policies) implements Report {
    public WhoReport {
        policies = policies.stream()
                .filter(policy -> policy.schema().position(column).isPresent())
                .toList();
    }

    /**
     * Looks a column up.
     *
     * @throws InvalidInputException if no table has it
     */
    public static WhoReport of(String column, List<TablePolicy> policies) {
        WhoReport report = new WhoReport(column, policies);
        if (report.policies.isEmpty()) {
            List<String> names = policies.stream()
                    .flatMap(policy -> policy.schema().fields().stream().map(Field::name))
                    .toList();
            throw new InvalidInputException(
                    "Cannot find column '" + column + "': there are " + names + NearMatch.hint(column, names));
        }
        return report;
    }

    @Override
    public Node json() {
        List<Node> entries = new ArrayList<>();
        policies.forEach(policy -> policy.grants().forEach(grant -> entries.add(entry(policy, grant))));
        return Node.mapping().put("column", column).put("roles", entries).build();
    }

    private Node entry(TablePolicy policy, Grant grant) {
        ColumnRule rule = rule(grant);
        Place reveals = grant.reveals().get(column);
        var entry = Node.mapping()
                .put("table", policy.table().toString())
                .put("role", grant.role())
                .put("groups", grant.groups().stream().sorted().toList())
                .put("purposes", grant.purposes().stream().sorted().toList())
                .put("rows", ExplanationReport.rows(grant))
                .put("shown", rule.mask().toString())
                .put("place", rule.place().toString());
        return (reveals == null ? entry : entry.put("revealed", reveals.toString())).build();
    }

    private String shown(Grant grant) {
        String mask = rule(grant).mask().toString();
        return grant.reveals().containsKey(column) ? mask + ", may reveal it" : mask;
    }

    private ColumnRule rule(Grant grant) {
        return Objects.requireNonNull(grant.columns().get(column), "a rule for each column");
    }

    @Override
    public void print(Screen screen) {
        for (TablePolicy policy : policies) {
            screen.line("Column " + column + " of " + policy.table());
            if (policy.grants().isEmpty()) {
                screen.line("  only its owner: the contract has no role that reads");
                continue;
            }
            TextTable table = TextTable.of("role", "groups", "purposes", "shown", "by");
            policy.grants()
                    .forEach(grant -> table.row(
                            grant.role(),
                            String.join(", ", grant.groups().stream().sorted().toList()),
                            grant.purposes().isEmpty() ? "any" : String.join(", ", grant.purposes()),
                            shown(grant),
                            rule(grant).place().toString()));
            table.print(screen);
        }
    }
}
