package io.lakemesh.batch;

import java.util.List;

/**
 * A query whose rows a run read.
 *
 * @param text the query as it was given
 * @param tables the snapshots of Iceberg tables that it read; tables without snapshots are not among them
 */
public record QueryEvidence(String text, List<TableRead> tables) {
    public QueryEvidence {
        tables = List.copyOf(tables);
    }

    /**
     * A snapshot of a table.
     *
     * @param table its name as the query's engine knows it, {@code catalog.schema.table}
     */
    public record TableRead(String table, long snapshotId) {}
}
