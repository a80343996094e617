package io.lakemesh.iceberg.mesh;

import io.lakemesh.batch.RecordSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the contracts that follow each other in the sequences of {@link ModelTest}: columns come, get wider, and a new major
 * version forbids what was allowed.
 *
 * @param columns in the table's order; an input has them in the same
 */
record ModelContract(String version, List<String> columns, String properties) {
    private static final String TOLERANT =
            "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }%s]\n    properties:\n";
    private static final String NOTE = "      - { name: note, logicalType: string }\n";
    private static final String BUYER = "      - { name: buyer, logicalType: string }\n";

    static final List<ModelContract> CHAIN = List.of(
            of("1.0.0", "int", "int", "false", ""),
            of("1.1.0", "int", "bigint", "false", NOTE),
            of("2.0.0", "int", "bigint", "true", NOTE),
            of("2.1.0", "bigint", "bigint", "true", NOTE),
            of("2.2.0", "bigint", "bigint", "true", NOTE + BUYER));

    private static ModelContract of(String version, String id, String amount, String townRequired, String more) {
        List<String> columns = new java.util.ArrayList<>(List.of("id", "town", "amount"));
        if (!more.isEmpty()) {
            columns.add("note");
        }
        if (more.contains("buyer")) {
            columns.add("buyer");
        }
        String properties =
                """
                      - { name: id, logicalType: integer, physicalType: %s, required: true, primaryKey: true, primaryKeyPosition: 1 }
                      - { name: town, logicalType: string, required: %s }
                      - { name: amount, logicalType: integer, physicalType: %s, logicalTypeOptions: { minimum: 0 } }
                """
                        .formatted(id, townRequired, amount);
        return new ModelContract(version, columns, properties + more);
    }

    /** What follows an object's name in the contract. */
    String yaml(boolean partitioned) {
        String partition = partitioned ? ", { property: lakemesh.partition, value: [town] }" : "";
        return TOLERANT.formatted(partition) + properties;
    }

    /** Rows, their values in the order of the columns. */
    RecordSource source(List<List<String>> rows) {
        return Shop.records(
                String.join(",", columns),
                rows.stream().map(row -> String.join(",", row)).toArray(String[]::new));
    }

    int major() {
        return version.charAt(0) - '0';
    }

    /** Whether a row, its values in the order of the columns, may be published. */
    boolean allows(List<String> row) {
        boolean town = major() == 1 || !row.get(1).isEmpty();
        return row.get(0).matches("\\d+") && town && row.get(2).matches("\\d*");
    }

    /** The part of a row that the contract has columns for. */
    List<String> cut(List<String> row) {
        return row.subList(0, columns.size());
    }

    /** A row's values by column, without those that are null. */
    String record(List<String> row) {
        Map<String, String> record = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!row.get(i).isEmpty()) {
                record.put(columns.get(i), row.get(i));
            }
        }
        return record.toString();
    }
}
