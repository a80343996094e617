package io.lakemesh.iceberg;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.BlobStore;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Published;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedQuarantine;
import io.lakemesh.run.StagedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.util.PartitionSet;

/**
 * A lakehouse of Iceberg tables behind a JDBC catalog. Without other properties files are local.
 *
 * <p>What a table's manifests show in the clear is decided by the contract's classifications ({@link TableProperties#metrics}).
 */
public final class IcebergLakehouse implements Lakehouse {
    private static final String SQLITE = "jdbc:sqlite:";

    private final GuardedJdbcCatalog catalog;
    private final FileBlobStore blobs;
    private final Publisher publisher;

    IcebergLakehouse(GuardedJdbcCatalog catalog, String warehouse) {
        this.catalog = catalog;
        this.blobs = new FileBlobStore(catalog.io(), warehouse);
        this.publisher = new Publisher(catalog, blobs);
    }

    /**
     * Opens a lakehouse; catalog and warehouse are made if they are not there.
     *
     * @param catalogUri a JDBC URL: {@code jdbc:sqlite:/data/catalog.db}, {@code jdbc:postgresql://...}
     * @param warehouse where tables are kept: a folder, or a URI that the {@code io-impl} of the properties understands
     * @param properties further Iceberg catalog properties, such as {@code jdbc.user}, {@code io-impl}
     * @throws io.lakemesh.error.InvalidInputException if nothing here can speak to such a catalog or warehouse
     * @throws UnavailableException if the catalog cannot be reached
     */
    public static IcebergLakehouse open(String catalogUri, String warehouse, Map<String, String> properties) {
        return open(new GuardedJdbcCatalog(), catalogUri, warehouse, properties);
    }

    static IcebergLakehouse open(
            GuardedJdbcCatalog catalog, String catalogUri, String warehouse, Map<String, String> properties) {
        Endpoints.requireSupported(catalogUri, warehouse, properties);
        String root = warehouse.contains(":/")
                ? warehouse.replaceAll("/+$", "")
                : Path.of(warehouse).toAbsolutePath().normalize().toString();
        Map<String, String> all = new HashMap<>(properties);
        all.put(CatalogProperties.URI, catalogUri);
        all.put(CatalogProperties.WAREHOUSE_LOCATION, root);
        makeFolder(catalogUri);
        return reaching(() -> {
            catalog.open(all);
            return new IcebergLakehouse(catalog, root);
        });
    }

    private static void makeFolder(String catalogUri) {
        if (!catalogUri.startsWith(SQLITE)) {
            return;
        }
        Path parent = Path.of(catalogUri.substring(SQLITE.length()).replaceAll("\\?.*", ""))
                .toAbsolutePath()
                .getParent();
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new UnavailableException("Cannot make the folder " + parent + " for the catalog", e);
        }
    }

    /** Failures to reach the catalog or the storage, told without what the driver says: it may show a password. */
    private static <T> T reaching(Supplier<T> action) {
        try {
            return action.get();
        } catch (UncheckedSQLException e) {
            throw new UnavailableException("Cannot reach the catalog: the database refused or did not answer", e);
        } catch (NotFoundException e) {
            throw new IntegrityException(e.getMessage() + ", which a release rests on", e);
        } catch (UncheckedIOException e) {
            throw new UnavailableException("Cannot reach the warehouse: " + e.getMessage(), e);
        }
    }

    @Override
    public List<ProductAddress> products() {
        return reaching(() -> new Releases(catalog).products());
    }

    @Override
    public Optional<ProductState> find(ProductAddress address) {
        return reaching(() -> publisher.find(address));
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public StagedTable stage(TableContract contract, String attempt) {
        return reaching(() -> new IcebergStagedTable(
                contract, new TableDefinition(catalog).begin(contract).table(), catalog.io(), fileName(attempt)));
    }

    @Override
    public StagedQuarantine stageQuarantine(TableContract contract, String attempt) {
        return reaching(() -> new IcebergStagedQuarantine(catalog, contract, fileName(attempt)));
    }

    private static String fileName(String attempt) {
        return attempt.replaceAll("[^A-Za-z0-9-]", "_");
    }

    @Override
    public Published publish(Publication publication) {
        return reaching(() -> publisher.publish(publication));
    }

    @Override
    public BatchReader read(TableVersion version, Scan scan) {
        return reaching(() -> TableReader.open(table(version), version, scan));
    }

    @Override
    public BatchReader readOutside(StagedTable staged, TableVersion version, Scan scan) {
        return reaching(() -> {
            BaseTable table = table(version);
            PartitionSet replaced = ((IcebergStagedTable) staged).partitions(table.specs());
            return TableReader.open(
                    table,
                    version,
                    scan,
                    task -> !replaced.contains(task.file().specId(), task.file().partition()));
        });
    }

    @Override
    public List<FileEvidence> files(TableVersion version) {
        return reaching(() -> SnapshotFiles.of(table(version), version));
    }

    @Override
    public Optional<String> owner(TableName table) {
        return reaching(() -> Optional.ofNullable(catalog.find(table))
                .map(found -> found.properties().getOrDefault(TableProperties.PRODUCT, "")));
    }

    @Override
    public Optional<Long> currentSnapshot(TableVersion version) {
        return reaching(() -> Optional.ofNullable(catalog.find(version.table()))
                .map(BaseTable::currentSnapshot)
                .map(Snapshot::snapshotId));
    }

    private BaseTable table(TableVersion version) {
        TableName name = version.table();
        BaseTable table = catalog.find(name);
        if (table == null
                || !table.uuid().toString().equals(version.uuid())
                || table.snapshot(version.snapshotId()) == null) {
            throw new IntegrityException("Cannot find snapshot " + version.snapshotId() + " of table " + name
                    + ": was it dropped or expired?");
        }
        return table;
    }

    @Override
    public Optional<String> digest(String location) {
        try {
            return Optional.of(FileDigests.of(catalog.io().newInputFile(location)));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw new UnavailableException("Cannot reach the warehouse: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (RuntimeException e) {
            throw new MeshException("Cannot close the catalog", e);
        }
    }
}
