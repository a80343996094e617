package io.lakemesh.cli.report;

import io.lakemesh.cli.rows.Values;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.history.Diff;
import io.lakemesh.history.Diff.CheckDiff;
import io.lakemesh.history.Diff.RowChange;
import io.lakemesh.history.Diff.TableDiff;
import io.lakemesh.schema.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two releases. */
public record DiffReport(ProductAddress product, Diff diff) implements Report {
    private static final int ROWS_SHOWN = 5;
    private static final int WIDEST = 120;

    @Override
    public Node json() {
        return Node.mapping()
                .put("product", product.toString())
                .put("from", diff.from())
                .put("to", diff.to())
                .put("tables", diff.tables().stream().map(DiffReport::table).toList())
                .put("checks", diff.checks().stream().map(DiffReport::check).toList())
                .build();
    }

    private static Node table(TableDiff table) {
        return Node.mapping()
                .put("object", table.object())
                .put("keyed", table.keyed())
                .put("added", table.added())
                .put("removed", table.removed())
                .put("changed", table.changed())
                .put("columns", table.columns())
                .put("schema", table.schema())
                .put("rows", table.rows().stream().map(DiffReport::row).toList())
                .build();
    }

    private static Node row(RowChange change) {
        return Node.mapping()
                .put("before", Values.node(change.before()))
                .put("after", Values.node(change.after()))
                .build();
    }

    private static Node check(CheckDiff check) {
        return Node.mapping()
                .put("object", check.object())
                .put("id", check.id())
                .put("before", check.before())
                .put("after", check.after())
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, product + ": from release " + diff.from() + " to release " + diff.to());
        diff.tables().forEach(table -> print(screen, table));
        TextTable checks = TextTable.of("check", "before", "after");
        diff.checks().forEach(check -> checks.row(check.id(), side(check.before()), side(check.after())));
        checks.print(screen);
    }

    private static String side(@Nullable String said) {
        return said == null ? "-" : said;
    }

    private static void print(Screen screen, TableDiff table) {
        screen.line("  " + table.object() + ": " + Words.count(table.added(), "row") + " added, "
                + Words.count(table.removed()) + " removed"
                + (table.keyed() ? ", " + Words.count(table.changed()) + " changed" : ""));
        table.schema().forEach(line -> screen.line("    " + line));
        table.columns()
                .forEach((column, rows) -> screen.line("    " + column + " differs in " + Words.count(rows, "row")));
        table.rows().stream().limit(ROWS_SHOWN).forEach(change -> print(screen, change));
        long more = table.added()
                + table.removed()
                + table.changed()
                - Math.min(table.rows().size(), ROWS_SHOWN);
        if (more > 0 && !table.rows().isEmpty()) {
            screen.line(Style.FAINT, "    and " + Words.count(more, "more change"));
        }
    }

    private static void print(Screen screen, RowChange change) {
        Row before = change.before();
        Row after = change.after();
        if (before != null && after != null) {
            screen.line("    ~ " + shortened(differences(before, after)));
        } else if (after != null) {
            screen.line(Style.GOOD, "    + " + shortened(Values.text(after)));
        } else if (before != null) {
            screen.line(Style.BAD, "    - " + shortened(Values.text(before)));
        }
    }

    /** The first column, which mostly is the key, and what became of those that differ. */
    private static String differences(Row before, Row after) {
        StringBuilder text = new StringBuilder(after.names().get(0) + " " + Values.text(after.get(0)));
        for (String name : after.names()) {
            Object old = before.names().contains(name) ? before.get(name) : null;
            if (!Objects.equals(old, after.get(name))) {
                text.append(", ")
                        .append(name)
                        .append(": ")
                        .append(Values.text(old))
                        .append(" → ")
                        .append(Values.text(after.get(name)));
            }
        }
        return text.toString();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) > WIDEST
                ? text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…"
                : text;
    }
}
