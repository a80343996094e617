package io.lakemesh.maintenance;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.run.TableErasure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an erasure did. Holds no personal value, and no digest of one: a person's number is soon guessed from its digest.
 *
 * @param reference the name by which it was asked for
 * @param columns the key's columns
 * @param tables what was done to each table
 * @param downstream the products that read the product's tables, or those of such products: they may hold copies
 * @param mentions documents of provenance that hold the key's value as a word, which are never rewritten
 */
public record ErasureResult(
        ProductAddress product,
        String reference,
        Instant at,
        String by,
        List<String> columns,
        List<TableErasure> tables,
        List<ProductAddress> downstream,
        List<String> mentions) {
    public ErasureResult {
        columns = List.copyOf(columns);
        tables = List.copyOf(tables);
        downstream = List.copyOf(downstream);
        mentions = List.copyOf(mentions);
    }

    /** How many rows each release of a table lost by this reference, by number; 0 stands for rows that were set aside. */
    public static Map<Long, Long> rows(TableErasure table) {
        Map<Long, Long> rows = new TreeMap<>();
        table.amendments().stream()
                .flatMap(told -> told.amendment().erased().stream())
                .forEach(erased -> rows.merge(erased.release(), erased.rows(), Long::sum));
        return rows;
    }

    /** Whether any row was erased by this reference. */
    public boolean found() {
        return tables.stream().anyMatch(table -> !rows(table).isEmpty());
    }

    /** What is kept of it. */
    Node.Mapping receipt() {
        return Node.mapping()
                .put("format", 1)
                .put("domain", product.domain())
                .put("name", product.name())
                .put("reference", reference)
                .put("at", at.toString())
                .put("by", by)
                .put("columns", columns)
                .put("tables", tables.stream().map(ErasureResult::table).toList())
                .put(
                        "downstream",
                        downstream.stream().map(ProductAddress::toString).toList())
                .build();
    }

    private static Node table(TableErasure table) {
        return Node.mapping()
                .put("namespace", table.table().namespace())
                .put("table", table.table().name())
                .put("holds", table.holds())
                .put(
                        "erased",
                        rows(table).entrySet().stream()
                                .map(release -> Node.mapping()
                                        .put("release", release.getKey())
                                        .put("rows", release.getValue())
                                        .build())
                                .toList())
                .put("files-removed", count(table, Amendment::removed))
                .put("files-added", count(table, Amendment::added))
                .put(
                        "amendments",
                        table.amendments().stream()
                                .map(TableErasure.Told::digest)
                                .toList())
                .build();
    }

    private static long count(TableErasure table, java.util.function.Function<Amendment, List<?>> files) {
        return table.amendments().stream()
                .mapToLong(told -> files.apply(told.amendment()).size())
                .sum();
    }
}
