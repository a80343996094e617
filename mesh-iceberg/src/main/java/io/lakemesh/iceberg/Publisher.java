package io.lakemesh.iceberg;

import io.lakemesh.error.ConflictException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.Digests;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Publication.Change;
import io.lakemesh.run.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;

/** Makes releases: prepares every table, seals them with a manifest, commits them one by one, the sealed one last. */
final class Publisher {
    private static final int ATTEMPTS = 3;

    private final IcebergCatalog catalog;
    private final FileBlobStore blobs;
    private final Releases releases;
    private final Intents intents;

    Publisher(IcebergCatalog catalog, FileBlobStore blobs) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.releases = new Releases(catalog);
        this.intents = new Intents(catalog, blobs);
    }

    /** The product's last whole release; one that was broken off is finished first. */
    Optional<ProductState> find(io.lakemesh.contract.ProductAddress address) {
        intents.settle(address);
        return releases.find(address);
    }

    Published publish(Publication publication) {
        Optional<Published> already = alreadyThere(publication);
        if (already.isPresent()) {
            return already.get();
        }
        ReleaseWriter writer = new ReleaseWriter(catalog, publication);
        publication.changes().stream()
                .map(change -> ReleaseWriter.table(change).namespace())
                .distinct()
                .forEach(catalog::ensureNamespace);
        try {
            return commit(publication, prepare(publication, writer));
        } catch (CommitFailedException | AlreadyExistsException | ValidationException e) {
            ConflictException conflict = writer.conflict(releases.head(publication.address())
                    .map(head -> head.operations().current())
                    .orElse(null));
            conflict.initCause(e);
            throw conflict;
        } catch (CommitStateUnknownException e) {
            throw new UnavailableException(
                    "Cannot tell whether release " + publication.release() + " of " + publication.address()
                            + " was committed: the catalog does not answer; run again with run id "
                            + publication.runId(),
                    e);
        }
    }

    private Optional<Published> alreadyThere(Publication publication) {
        intents.settle(publication.address());
        Optional<BaseTable> head = releases.head(publication.address());
        Optional<ProductState> now = releases.find(publication.address());
        boolean ours =
                head.map(Releases::run).filter(publication.runId()::equals).isPresent()
                        && now.map(ProductState::release)
                                .filter(release -> release == publication.release())
                                .isPresent();
        if (ours) {
            return now.map(state ->
                    new Published(state.release(), state.manifest(), state.tables(), !holdsStaged(publication, state)));
        }
        if (!now.map(ProductState::manifest)
                .equals(Optional.ofNullable(publication.base()).map(ProductState::manifest))) {
            throw new ReleaseWriter(catalog, publication)
                    .conflict(head.map(table -> table.operations().current()).orElse(null));
        }
        return Optional.empty();
    }

    /** A commit whose outcome was not known, or a release that was finished later, may be this execution's own. */
    private boolean holdsStaged(Publication publication, ProductState state) {
        Set<String> staged = publication.changes().stream()
                .filter(Change.Write.class::isInstance)
                .flatMap(change -> ((IcebergStagedTable) ((Change.Write) change).staged()).files().stream())
                .map(file -> file.file().location())
                .collect(Collectors.toSet());
        return state.tables().stream().anyMatch(version -> addsAny(version, staged));
    }

    private boolean addsAny(TableVersion version, Set<String> locations) {
        BaseTable table = catalog.find(version.table());
        Snapshot snapshot = table == null ? null : StandIns.of(table, version);
        if (table == null || snapshot == null) {
            return false;
        }
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            return StreamSupport.stream(files.spliterator(), false)
                    .anyMatch(task -> locations.contains(task.file().location()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the files of table " + version.table(), e);
        }
    }

    /** Prepares again, upon the table as it is then, where an erasure removed files meanwhile. */
    private static List<PreparedTable> prepare(Publication publication, ReleaseWriter writer) {
        for (int attempt = 1; ; attempt++) {
            try {
                return prepareOnce(publication, writer);
            } catch (NotFoundException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static List<PreparedTable> prepareOnce(Publication publication, ReleaseWriter writer) {
        return publication.changes().stream()
                .sorted(Comparator.comparing(
                        change -> ReleaseWriter.table(change).toString()))
                .map(writer::prepare)
                .toList();
    }

    private Published commit(Publication publication, List<PreparedTable> tables) {
        List<TableVersion> versions =
                tables.stream().map(PreparedTable::version).toList();
        byte[] manifest = publication.manifest().apply(publication.release(), versions);
        String digest = Digests.of(manifest);
        blobs.put("objects/" + digest.substring(0, 2) + "/" + digest + ".json", manifest);
        seal(publication, tables, digest);
        String intent = tables.size() > 1 ? intents.record(publication, tables) : null;
        tables.forEach(PreparedTable::commit);
        if (intent != null) {
            blobs.delete(intent);
        }
        return new Published(publication.release(), digest, versions, false);
    }

    private static void seal(Publication publication, List<PreparedTable> tables, String digest) {
        tables.get(tables.size() - 1)
                .set(Map.of(
                        TableProperties.HEAD,
                        digest,
                        TableProperties.HEAD_RELEASE,
                        Long.toString(publication.release()),
                        TableProperties.HEAD_RUN,
                        publication.runId(),
                        TableProperties.TABLES,
                        Stamps.write(tables.stream().map(PreparedTable::stamp).toList())));
    }
}
