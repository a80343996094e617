package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.run.TableUpkeep;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What maintenance did, or would do, product by product.
 *
 * @param own the stewards' tables, if they were looked after
 */
public record MaintenanceReport(boolean dryRun, Map<ProductAddress, List<TableUpkeep>> products, List<TableUpkeep> own)
        implements Report {
    public MaintenanceReport {
        products = Collections.unmodifiableMap(new LinkedHashMap<>(products));
        own = List.copyOf(own);
    }

    private List<TableUpkeep> tables() {
        return Stream.concat(products.values().stream().flatMap(List::stream), own.stream())
                .toList();
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("dry-run", dryRun)
                .put(
                        "products",
                        products.entrySet().stream()
                                .map(product -> Node.mapping()
                                        .put("product", product.getKey().toString())
                                        .put(
                                                "tables",
                                                product.getValue().stream()
                                                        .map(MaintenanceReport::table)
                                                        .toList())
                                        .build())
                                .toList())
                .put("stewards", own.stream().map(MaintenanceReport::table).toList())
                .build();
    }

    private static Node table(TableUpkeep table) {
        return Node.mapping()
                .put("table", table.table().toString())
                .put("compacted", table.compacted())
                .put("into", table.into())
                .put("compacted-bytes", table.compactedBytes())
                .put("manifests", table.manifests())
                .put("expired", table.expired())
                .put(
                        "removed",
                        table.leftovers().stream().map(MaintenanceReport::file).toList())
                .put("removed-bytes", table.leftoverBytes())
                .putIfPresent("not-done", table.notDone())
                .build();
    }

    private static Node file(FileEvidence file) {
        return Node.mapping()
                .put("location", file.location())
                .put("bytes", file.bytes())
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, dryRun ? "To be done" : "Done");
        TextTable table = TextTable.of(
                "table", ">files compacted", ">into", ">releases expired", ">files removed", ">bytes removed");
        tables().forEach(done -> table.row(
                done.table().toString(),
                Words.count(done.compacted()),
                dryRun ? "" : Words.count(done.into()),
                Words.count(done.expired().size()),
                Words.count(done.leftovers().size()),
                Words.count(done.leftoverBytes())));
        table.print(screen);
        tables().forEach(done -> done.notDone()
                .ifPresent(left -> screen.line(Style.WARNING, done.table() + ": " + left + "; run it again")));
        if (dryRun) {
            tables().forEach(done -> done.leftovers()
                    .forEach(file -> screen.line(
                            Style.FAINT, "  " + file.location() + "  " + Words.count(file.bytes()) + " bytes")));
        }
    }
}
