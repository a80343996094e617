package io.lakemesh.iceberg;

import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/** Looks after all tables of a product, those of rows that were set aside among them, or after the mesh's own, one by one. */
final class Maintainer {
    private final IcebergCatalog catalog;
    private final FileBlobStore blobs;
    private final Intents intents;

    Maintainer(IcebergCatalog catalog, FileBlobStore blobs) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.intents = new Intents(catalog, blobs);
    }

    List<TableUpkeep> maintain(Upkeep upkeep) {
        if (!upkeep.dryRun()) {
            intents.forget(upkeep.address(), blobs.now().minus(upkeep.olderThan()));
        }
        List<TableVersion> latest = new Releases(catalog)
                .find(upkeep.address())
                .map(ProductState::tables)
                .orElse(List.of());
        List<TableUpkeep> done = new ArrayList<>();
        for (BaseTable table : new ProductTables(catalog).of(upkeep.address())) {
            Optional<TableVersion> version = latest.stream()
                    .filter(candidate -> candidate.uuid().equals(table.uuid().toString()))
                    .findFirst();
            done.add(maintain(upkeep, table, version));
        }
        return done;
    }

    /** Looks after the mesh's own tables, which have no releases: what is current is what readers get. */
    List<TableUpkeep> maintainOwn(Upkeep upkeep) {
        return new ProductTables(catalog)
                .own().stream()
                        .map(table -> maintain(upkeep, table, Versions.ofOwn(table)))
                        .toList();
    }

    private TableUpkeep maintain(Upkeep upkeep, BaseTable table, Optional<TableVersion> version) {
        try {
            return new TableMaintenance(catalog, blobs, intents, upkeep, table).maintain(version);
        } catch (CommitStateUnknownException e) {
            throw new UnavailableException(
                    "Cannot tell whether maintenance of table " + table.name()
                            + " was committed: the catalog does not answer; no file was removed; run it again",
                    e);
        }
    }
}
