package io.lakemesh.contract;

import io.lakemesh.contract.ContractChange.Level;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two versions of a contract, judged by what it means to those who read the data. The table of verdicts is in
 * docs/reference/contract-changes.md.
 */
public final class ContractComparison {
    private final List<ContractChange> changes = new ArrayList<>();

    private ContractComparison() {}

    /** The changes from one version of a product to another, tables matched by their object's name. */
    public static List<ContractChange> compare(ProductContract before, ProductContract after) {
        return compareTables(before.tables(), after.tables());
    }

    /** The changes from some tables to others, matched by their object's name. */
    public static List<ContractChange> compareTables(List<TableContract> before, List<TableContract> after) {
        ContractComparison comparison = new ContractComparison();
        for (TableContract old : before) {
            object(after, old.object())
                    .ifPresentOrElse(
                            table -> comparison.table(old, table),
                            () -> comparison.add(Level.BREAKING, old.object(), "the table is gone"));
        }
        after.stream()
                .filter(table -> object(before, table.object()).isEmpty())
                .forEach(table -> comparison.add(Level.ADDITIVE, table.object(), "the table is new"));
        return List.copyOf(comparison.changes);
    }

    /** The changes from one version of a table to another. */
    public static List<ContractChange> compare(TableContract before, TableContract after) {
        ContractComparison comparison = new ContractComparison();
        comparison.table(before, after);
        return List.copyOf(comparison.changes);
    }

    /** The weightiest of some changes; a patch where there is none. */
    public static Level level(Collection<ContractChange> changes) {
        return changes.stream()
                .map(ContractChange::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.PATCH);
    }

    private static Optional<TableContract> object(List<TableContract> tables, String name) {
        return tables.stream()
                .filter(table -> table.object().equalsIgnoreCase(name))
                .findFirst();
    }

    private void add(Level level, String path, String text) {
        changes.add(new ContractChange(level, path, text));
    }

    private void table(TableContract before, TableContract after) {
        String path = after.object();
        columns(before.columns(), after.columns(), path);
        if (!before.schema().key().equals(after.schema().key())) {
            add(
                    Level.BREAKING,
                    path,
                    "the primary key was " + before.schema().key() + " and is "
                            + after.schema().key());
        }
        rules(before, after, path);
        patches(before, after, path);
    }

    private void patches(TableContract before, TableContract after, String path) {
        patch(before.description(), after.description(), path, "the description");
        patch(docs(before), docs(after), path, "descriptions of columns");
        patch(before.partition(), after.partition(), path, "the partitioning");
        patch(before.sort(), after.sort(), path, "the sort order");
        patch(before.maxQuarantined(), after.maxQuarantined(), path, "lakemesh.max-quarantined");
    }

    private void patch(Object before, Object after, String path, String what) {
        if (!before.equals(after)) {
            add(Level.PATCH, path, what + " changed");
        }
    }

    private static List<String> docs(TableContract table) {
        return table.schema().fields().stream()
                .map(field -> field.documentation().map(doc -> field.name() + ": " + doc))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private void columns(List<ColumnContract> before, List<ColumnContract> after, String path) {
        for (ColumnContract old : before) {
            Optional<ColumnContract> successor = successor(old, after);
            successor.ifPresentOrElse(
                    column -> column(old, column, path + "." + column.name()),
                    () -> add(Level.BREAKING, path + "." + old.name(), "the column is gone"));
        }
        after.stream()
                .filter(column -> before.stream()
                        .noneMatch(old ->
                                successor(old, after).filter(column::equals).isPresent()))
                .forEach(column -> newColumn(column, path + "." + column.name()));
    }

    private void newColumn(ColumnContract column, String path) {
        if (column.required()) {
            add(Level.BREAKING, path, "the column is new and required, which rows of earlier releases cannot satisfy");
        } else {
            add(Level.ADDITIVE, path, "the column is new");
        }
    }

    private static Optional<ColumnContract> successor(ColumnContract old, List<ColumnContract> after) {
        return after.stream()
                .filter(column -> column.name().equals(old.name()))
                .findFirst()
                .or(() -> after.stream()
                        .filter(column -> old.name().equals(column.renamedFrom()))
                        .findFirst());
    }

    private void column(ColumnContract before, ColumnContract after, String path) {
        if (!before.name().equals(after.name())) {
            add(
                    Level.BREAKING,
                    path,
                    "the column was renamed from " + Names.quoted(before.name()) + ", its data stays");
        }
        type(before, after, path);
        if (before.required() != after.required()) {
            String text = after.required()
                    ? "the column is required now, which rows of earlier releases may not satisfy"
                    : "the column may be null now";
            add(Level.BREAKING, path, text);
        }
        LimitsComparison.compare(before.limits(), after.limits(), (level, text) -> add(level, path, text));
        if (!Objects.equals(before.classification(), after.classification())) {
            add(Level.ADDITIVE, path, "the classification changed");
        }
        if (!Objects.equals(before.protection(), after.protection())) {
            add(
                    Level.BREAKING,
                    path,
                    "the protection was " + told(before.protection()) + " and is " + told(after.protection()));
        }
        if (!reading(before).equals(reading(after))) {
            add(Level.PATCH, path, "how raw input is read changed");
        }
    }

    private static String told(@Nullable Protection protection) {
        return protection == null ? "none" : protection.toString();
    }

    private static List<Optional<Object>> reading(ColumnContract column) {
        return List.of(
                Optional.of(column.sourceName().equals(column.name()) ? "" : column.sourceName()),
                Optional.of(column.nullTokens()),
                Optional.ofNullable(column.format()),
                Optional.of(column.zone()));
    }

    private void type(ColumnContract before, ColumnContract after, String path) {
        boolean sameKind = before.type().getClass() == after.type().getClass();
        if (!before.type().isPrimitive() && sameKind) {
            columns(before.children(), after.children(), path);
        } else if (TypePromotion.isAllowed(before.type(), after.type())) {
            add(Level.ADDITIVE, path, "the type widened from " + before.type() + " to " + after.type());
        } else if (!before.type().equals(after.type())) {
            add(Level.BREAKING, path, "the type was " + before.type() + " and is " + after.type());
        }
    }

    private void rules(TableContract before, TableContract after, String path) {
        for (Rule old : before.rules()) {
            Optional<Rule> same = rule(after, old.id());
            same.filter(rule -> !sameText(rule, old))
                    .ifPresent(rule -> add(Level.ADDITIVE, path, "rule " + Names.quoted(old.id()) + " changed"));
            if (same.isEmpty()) {
                add(
                        isPromise(old) ? Level.BREAKING : Level.ADDITIVE,
                        path,
                        "rule " + Names.quoted(old.id()) + " is gone");
            }
        }
        after.rules().stream()
                .filter(rule -> rule(before, rule.id()).isEmpty())
                .forEach(rule -> add(Level.ADDITIVE, path, "rule " + Names.quoted(rule.id()) + " is new"));
    }

    private static Optional<Rule> rule(TableContract table, String id) {
        return table.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** A column that moved has another position inside a condition; its text stays. */
    private static boolean sameText(Rule one, Rule other) {
        return one.equals(other) || one.toString().equals(other.toString());
    }

    /** Whether a run that broke the rule published nothing of what broke it. */
    private static boolean isPromise(Rule rule) {
        if (rule instanceof Rule.Metric metric) {
            return metric.terms().onFailure() != OnFailure.WARN;
        }
        if (rule instanceof Rule.Custom custom) {
            return custom.terms().onFailure() != OnFailure.WARN;
        }
        return !(rule instanceof Rule.NotChecked);
    }
}
