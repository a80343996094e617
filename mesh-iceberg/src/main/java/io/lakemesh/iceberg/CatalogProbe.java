package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.InvalidInputException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;

/**
 * Finds out whether a catalog keeps what releases rest on, tags and earlier snapshots, by a table without rows that is removed
 * again. Catalogs on servers may take them and show others: Nessie 0.99 does.
 */
final class CatalogProbe {
    private static final Schema SCHEMA = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
    private static final String TAG = "r1";

    private final IcebergCatalog catalog;
    private final TableName name =
            new TableName("lakemesh_probe_" + UUID.randomUUID().toString().replace("-", ""), "probe");
    private final Set<String> files = new HashSet<>();

    private CatalogProbe(IcebergCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Requires that tags and earlier snapshots are kept.
     *
     * @throws InvalidInputException if they are not
     */
    static void require(IcebergCatalog catalog) {
        new CatalogProbe(catalog).require();
    }

    private void require() {
        catalog.ensureNamespace(name.namespace());
        try {
            GuardedTableOperations operations = catalog.operations(name);
            operations.commit(
                    null, operations.start(SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of()));
            requireTag(append());
        } finally {
            catalog.drop(name);
            files.forEach(file -> StagedFiles.delete(catalog.io(), file));
            catalog.dropNamespace(name.namespace());
        }
    }

    /** Two snapshots, of which the first is tagged; gives that one. */
    private long append() {
        BaseTable table = look();
        table.newFastAppend().commit();
        long first = table.currentSnapshot().snapshotId();
        table.manageSnapshots().createTag(TAG, first).commit();
        look().newFastAppend().commit();
        return first;
    }

    private void requireTag(long snapshot) {
        BaseTable table = look();
        boolean kept = table.snapshot(snapshot) != null
                && table.refs().containsKey(TAG)
                && table.refs().get(TAG).snapshotId() == snapshot;
        if (!kept) {
            throw new InvalidInputException("Cannot publish to this catalog: it does not keep tags and earlier"
                    + " snapshots, which releases rest on; name another one in mesh.yaml, such as a JDBC catalog on"
                    + " PostgreSQL");
        }
    }

    private BaseTable look() {
        BaseTable table = java.util.Objects.requireNonNull(catalog.find(name), "the catalog does not show a new table");
        TableMetadata metadata = table.operations().current();
        files.add(metadata.metadataFileLocation());
        metadata.previousFiles().forEach(before -> files.add(before.file()));
        metadata.snapshots().forEach(snapshot -> files.add(snapshot.manifestListLocation()));
        return table;
    }
}
