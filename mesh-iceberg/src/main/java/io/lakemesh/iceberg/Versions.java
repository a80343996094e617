package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/** A table of a release as its snapshot tells it. */
final class Versions {
    private Versions() {}

    static TableVersion of(Stamp stamp, TableMetadata metadata, List<FileEvidence> files) {
        Snapshot snapshot = Objects.requireNonNull(StandIns.of(metadata, stamp.snapshotId()), "snapshot of a release");
        Schema schema = Objects.requireNonNull(metadata.schemasById().get(stamp.schemaId()), "schema of a release");
        return new TableVersion(
                stamp.object(),
                stamp.table(),
                metadata.uuid(),
                stamp.snapshotId(),
                stamp.contractId(),
                stamp.contractVersion(),
                Schemas.fromIceberg(schema, stamp.key()),
                rows(snapshot),
                stamp.addedRows(),
                files);
    }

    /** What is current in a table of the mesh's own, of which there are no releases; empty if it never got a row. */
    static Optional<TableVersion> ofOwn(BaseTable table) {
        TableMetadata metadata = table.operations().current();
        return ofOwn(ProductTables.name(table), metadata, Schemas.fromIceberg(metadata.schema(), List.of()));
    }

    /** The columns are the table's, and may be more. */
    static Optional<TableVersion> ofOwn(TableName name, TableMetadata table, TableSchema columns) {
        return Optional.ofNullable(table.currentSnapshot())
                .map(snapshot -> new TableVersion(
                        name.name(),
                        name,
                        table.uuid(),
                        snapshot.snapshotId(),
                        "",
                        "",
                        columns,
                        rows(snapshot),
                        added(snapshot),
                        List.of()));
    }

    /** Exact, since rows are only ever deleted by whole files or by position. */
    static long rows(Snapshot snapshot) {
        return count(snapshot, "total-records") - count(snapshot, "total-position-deletes");
    }

    static long added(Snapshot snapshot) {
        return count(snapshot, "added-records");
    }

    private static long count(Snapshot snapshot, String property) {
        return PropertyUtil.propertyAsLong(snapshot.summary(), property, 0);
    }

    /** What a release's last table keeps about each of its tables, so that one atomic read tells the whole release. */
    record Stamp(
            String object,
            TableName table,
            long snapshotId,
            int schemaId,
            List<Integer> key,
            String contractId,
            String contractVersion,
            long addedRows) {
        Stamp {
            key = List.copyOf(key);
        }
    }

    /** The run that a release's snapshot names; null where it names none. */
    static @Nullable String run(Snapshot snapshot) {
        return snapshot.summary().get(TableProperties.RUN_ID);
    }
}
