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
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.OpenRelease;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Published;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedQuarantine;
import io.lakemesh.run.StagedTable;
import io.lakemesh.run.TableErasure;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.util.PartitionSet;

/**
 * A lakehouse of Iceberg tables behind any of Iceberg's catalogs, on any storage that Iceberg's FileIO speaks to.
 *
 * <p>What a table's manifests show in the clear is decided by the contract's classifications ({@link TableProperties#ofContract}).
 */
public final class IcebergLakehouse implements Lakehouse {
    private final IcebergCatalog catalog;
    private final FileBlobStore blobs;
    private final Publisher publisher;

    IcebergLakehouse(IcebergCatalog catalog) {
        this.catalog = catalog;
        this.blobs = new FileBlobStore(catalog.io(), catalog.warehouse());
        this.publisher = new Publisher(catalog, blobs);
    }

    /**
     * Opens a lakehouse; a JDBC catalog's tables and a local warehouse are made if they are not there.
     *
     * @param catalog the entries of {@code catalog} in {@code mesh.yaml}; {@code uri} is required
     * @param warehouse the entries of {@code warehouse}; {@code location} is required: a folder or a URI
     * @throws io.lakemesh.error.InvalidInputException if nothing here can speak to such a catalog or warehouse
     * @throws UnavailableException if the catalog cannot be reached
     */
    public static IcebergLakehouse open(Map<String, String> catalog, Map<String, String> warehouse) {
        return open(new CatalogSettings(catalog, warehouse), IcebergCatalog::new);
    }

    static IcebergLakehouse open(CatalogSettings settings, Function<CatalogSettings, IcebergCatalog> opener) {
        return Failures.reaching(() -> new IcebergLakehouse(opener.apply(settings)));
    }

    @Override
    public List<ProductAddress> products() {
        return Failures.reaching(() -> new Releases(catalog).products());
    }

    @Override
    public Optional<ProductState> find(ProductAddress address) {
        return Failures.reaching(() -> publisher.find(address));
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public StagedTable stage(TableContract contract, String attempt) {
        return Failures.reaching(() -> new IcebergStagedTable(
                contract, new TableDefinition(catalog).begin(contract).table(), catalog.io(), fileName(attempt)));
    }

    @Override
    public StagedQuarantine stageQuarantine(TableContract contract, String attempt) {
        return Failures.reaching(() -> new IcebergStagedQuarantine(catalog, contract, fileName(attempt)));
    }

    private static String fileName(String attempt) {
        return attempt.replaceAll("[^A-Za-z0-9-]", "_");
    }

    @Override
    public Published publish(Publication publication) {
        return Failures.reaching(() -> publisher.publish(publication));
    }

    @Override
    public BatchReader read(TableVersion version, Scan scan) {
        return Failures.reaching(() -> TableReader.open(table(version), version, scan));
    }

    @Override
    public BatchReader readOutside(StagedTable staged, TableVersion version, Scan scan) {
        return Failures.reaching(() -> {
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
        return Failures.reaching(() -> files(table(version), version));
    }

    private static List<FileEvidence> files(BaseTable table, TableVersion version) {
        return SnapshotFiles.of(table, Objects.requireNonNull(StandIns.of(table, version)));
    }

    @Override
    public Optional<String> owner(TableName table) {
        return Failures.reaching(() -> Optional.ofNullable(catalog.find(table))
                .map(found -> found.properties().getOrDefault(TableProperties.PRODUCT, "")));
    }

    @Override
    public Optional<Long> currentSnapshot(TableVersion version) {
        return Failures.reaching(() -> Optional.ofNullable(catalog.find(version.table()))
                .filter(table -> table.currentSnapshot() != null)
                .map(table -> currentSnapshot(table, version)));
    }

    private static long currentSnapshot(BaseTable table, TableVersion version) {
        Snapshot current = table.currentSnapshot();
        Snapshot found = StandIns.of(table, version);
        return found != null && found.snapshotId() == current.snapshotId()
                ? version.snapshotId()
                : current.snapshotId();
    }

    @Override
    public Optional<String> amended(TableVersion version) {
        return Failures.reaching(() -> Optional.ofNullable(catalog.find(version.table()))
                .map(table -> table.properties().get(TableProperties.AMENDED)));
    }

    @Override
    public List<TableSchema> schemas(TableVersion version) {
        return Failures.reaching(() -> Optional.ofNullable(catalog.find(version.table()))
                .map(table -> table.schemas().values().stream()
                        .map(schema -> Schemas.fromIceberg(schema, List.of()))
                        .toList())
                .orElse(List.of()));
    }

    @Override
    public Set<Long> releases(TableVersion version) {
        return Failures.reaching(() -> Optional.ofNullable(catalog.find(version.table()))
                .map(table ->
                        ReleaseWriter.releases(table.operations().current().refs()))
                .orElse(Set.of()));
    }

    @Override
    public List<TableUpkeep> maintain(Upkeep upkeep) {
        return Failures.reaching(() -> new Maintainer(catalog, blobs).maintain(upkeep));
    }

    @Override
    public List<TableUpkeep> maintainOwn(Upkeep upkeep) {
        return Failures.reaching(() -> new Maintainer(catalog, blobs).maintainOwn(upkeep));
    }

    @Override
    public List<TableErasure> erase(ErasureOrder order) {
        return Failures.reaching(() -> new Eraser(catalog, blobs).erase(order));
    }

    @Override
    public MeshTable open(MeshTable.Definition definition) {
        return Failures.reaching(() -> new IcebergMeshTable(catalog, definition));
    }

    @Override
    public List<OpenRelease> openReleases() {
        return Failures.reaching(() -> new Intents(catalog, blobs).open());
    }

    @Override
    public List<OpenRelease> repair() {
        return Failures.reaching(() -> new Intents(catalog, blobs).settleAll());
    }

    private BaseTable table(TableVersion version) {
        TableName name = version.table();
        BaseTable table = catalog.find(name);
        if (table == null || !table.uuid().toString().equals(version.uuid()) || StandIns.of(table, version) == null) {
            throw new IntegrityException("Cannot find snapshot " + version.snapshotId() + " of table " + name
                    + ": was it dropped or expired?");
        }
        return table;
    }

    @Override
    public Optional<String> digest(String location) {
        return Failures.reaching(() -> {
            try {
                return Optional.of(FileDigests.of(catalog.io().newInputFile(location)));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (IOException | RuntimeException e) {
            throw new MeshException("Cannot close the catalog", e);
        }
    }
}
