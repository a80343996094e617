package io.lakemesh.iceberg;

import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** One table of any catalog, whether it is there or is to be made: what a catalog's public interface keeps apart. */
class CatalogTableOperations implements TableOperations {
    private final Catalog catalog;
    private final TableIdentifier table;
    private final String location;
    private @Nullable TableOperations operations;
    private boolean there;

    CatalogTableOperations(Catalog catalog, TableIdentifier table, String location) {
        this.catalog = catalog;
        this.table = table;
        this.location = location;
    }

    /** Prepares a table that is not there: what the catalog would make of it. Nothing is visible until the commit. */
    TableMetadata start(Schema schema, PartitionSpec spec, SortOrder order, Map<String, String> properties) {
        BaseTransaction transaction = (BaseTransaction) MetadataIO.reading(catalog.buildTable(table, schema)
                .withPartitionSpec(spec)
                .withSortOrder(order)
                .withLocation(location)
                .withProperties(properties)::createTransaction);
        operations = transaction.underlyingOps();
        there = false;
        return transaction.currentMetadata();
    }

    @Override
    public @Nullable TableMetadata current() {
        if (operations == null) {
            return refresh();
        }
        return there ? MetadataIO.reading(operations::current) : null;
    }

    @Override
    public @Nullable TableMetadata refresh() {
        try {
            if (there) {
                return MetadataIO.reading(opened()::refresh);
            }
            operations = ((HasTableOperations) MetadataIO.reading(() -> catalog.loadTable(table))).operations();
            there = true;
            return operations.current();
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            there = false;
            return null;
        }
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        MetadataIO.reading(() -> {
            opened().commit(base, metadata);
            return metadata;
        });
        there = true;
    }

    private TableOperations opened() {
        return Objects.requireNonNull(operations, "neither refreshed nor started");
    }

    @Override
    public FileIO io() {
        return MetadataIO.storage(opened().io());
    }

    @Override
    public EncryptionManager encryption() {
        return opened().encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return opened().metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return opened().locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return opened().temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return opened().newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return opened().requireStrictCleanup();
    }
}
