package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.maintenance.ErasureResult;
import io.lakemesh.run.TableErasure;
import java.util.Map;

/** What an erasure did. */
public record ErasureReport(ErasureResult result) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("product", result.product().toString())
                .put("reference", result.reference())
                .put("found", result.found())
                .put("columns", result.columns())
                .put(
                        "tables",
                        result.tables().stream().map(ErasureReport::table).toList())
                .put(
                        "downstream",
                        result.downstream().stream()
                                .map(ProductAddress::toString)
                                .toList())
                .put("mentions", result.mentions())
                .build();
    }

    private static Node table(TableErasure table) {
        Map<Long, Long> rows = ErasureResult.rows(table);
        return Node.mapping()
                .put("table", table.table().toString())
                .put("holds-columns", table.holds())
                .put("value-fits", table.fits())
                .put(
                        "releases",
                        rows.entrySet().stream()
                                .filter(release -> release.getKey() > 0)
                                .map(release -> Node.mapping()
                                        .put("release", release.getKey())
                                        .put("rows", release.getValue())
                                        .build())
                                .toList())
                .put("set-aside", setAside(rows))
                .put("files-removed", table.removed())
                .put("young-files", table.young())
                .build();
    }

    private static long setAside(Map<Long, Long> rows) {
        return rows.getOrDefault(0L, 0L);
    }

    @Override
    public void print(Screen screen) {
        screen.line(
                result.found() ? Style.GOOD : Style.BOLD,
                result.found()
                        ? "Erased from " + result.product() + ", by reference " + result.reference()
                        : "Nothing found in " + result.product() + " to erase; reference " + result.reference());
        TextTable table = TextTable.of("table", ">releases", ">rows of the newest", ">set aside", ">files removed");
        result.tables().forEach(done -> row(table, done));
        table.print(screen);
        result.tables().forEach(done -> notes(screen, done));
        if (!result.downstream().isEmpty()) {
            screen.line(
                    Style.WARNING,
                    "These products read it, and may hold copies: "
                            + String.join(
                                    ", ",
                                    result.downstream().stream()
                                            .map(ProductAddress::toString)
                                            .toList()) + "; erase there, too");
        }
        result.mentions()
                .forEach(document -> screen.line(
                        Style.WARNING,
                        "A name or a query in " + document + " holds the key's value, and is never rewritten"));
    }

    private static void row(TextTable table, TableErasure done) {
        Map<Long, Long> rows = ErasureResult.rows(done);
        long newest = rows.entrySet().stream()
                .filter(release -> release.getKey() > 0)
                .reduce((first, second) -> second)
                .map(Map.Entry::getValue)
                .orElse(0L);
        table.row(
                done.table().toString(),
                Words.count(
                        rows.keySet().stream().filter(release -> release > 0).count()),
                Words.count(newest),
                Words.count(setAside(rows)),
                Words.count(done.removed()));
    }

    private static void notes(Screen screen, TableErasure done) {
        if (!done.holds()) {
            screen.line(Style.FAINT, done.table() + " does not have the key's columns");
        }
        if (!done.fits()) {
            screen.line(Style.WARNING, done.table() + ": the value is not of the column's type, so no row can have it");
        }
        if (done.young() > 0) {
            screen.line(
                    Style.WARNING,
                    done.table() + ": " + Words.count(done.young())
                            + " files that no table names may be of runs that are under way; mesh maintain removes them"
                            + " when they are 24 h old");
        }
    }
}
