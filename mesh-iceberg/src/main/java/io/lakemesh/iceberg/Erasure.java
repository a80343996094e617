package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.run.TableErasure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Removes rows from one table. First other snapshots take the place of those that names lead to; then those that nothing names
 * any more are ended; then files go. Each commit is made upon the table as it was looked at and with an amendment, so that what
 * was broken off is found and goes on. Not thread-safe.
 */
final class Erasure {
    private static final int ATTEMPTS = 20;
    private static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final Duration LONGEST_RUN = Duration.ofHours(24);

    private final FileBlobStore blobs;
    private final Intents intents;
    private final ObjectStore objects;
    private final ErasureOrder order;
    private final BaseTable table;
    private final TableName name;
    private final RowMatch match;
    private final ErasedFiles files;
    private final Reach reach;
    private boolean offered;

    Erasure(FileBlobStore blobs, Intents intents, ErasureOrder order, BaseTable table, TableName name, RowMatch match) {
        this.blobs = blobs;
        this.intents = intents;
        this.objects = new ObjectStore(blobs);
        this.order = order;
        this.table = table;
        this.name = name;
        this.match = match;
        this.files = new ErasedFiles(table, match);
        this.reach = new Reach(table.io());
    }

    TableErasure erase() {
        for (int failed = 0; !isDone(); failed++) {
            if (failed == ATTEMPTS) {
                discard();
                throw conflict("others kept publishing");
            }
        }
        return remove();
    }

    /** From the first commit on the table rests on some of the files: maintenance finds those that it does not. */
    private void discard() {
        if (!offered) {
            files.discard();
        }
    }

    private ConflictException conflict(String why) {
        return new ConflictException("Cannot erase from table " + name + ": " + why + "; run it again");
    }

    /** Takes one step; whether there was none to take. */
    private boolean isDone() {
        TableMetadata base = Objects.requireNonNull(table.operations().refresh());
        ErasedSnapshots snapshots = new ErasedSnapshots(table, base, files);
        try {
            if (!snapshots.named().isEmpty()) {
                replace(base, snapshots);
                return false;
            }
            Set<Long> unnamed = snapshots.unnamed();
            if (!unnamed.isEmpty()) {
                end(base, unnamed);
                return false;
            }
            return true;
        } catch (CommitFailedException e) {
            snapshots.discard();
            return false;
        }
    }

    private void replace(TableMetadata base, ErasedSnapshots snapshots) {
        ReleaseWriter.requireClock(name, base);
        ErasedSnapshots.Replaced replaced = snapshots.replace();
        Amendment amendment = amendment(base, replaced.moved(), List.of(), replaced.added(), replaced.erased());
        commit(base, replaced.metadata(), amendment);
    }

    private void end(TableMetadata base, Set<Long> snapshots) {
        TableMetadata.Builder builder = TableMetadata.buildFrom(base).removeSnapshots(snapshots);
        List<FileEvidence> statistics = new ArrayList<>();
        base.statisticsFiles().stream()
                .filter(file -> snapshots.contains(file.snapshotId()))
                .forEach(file -> statistics.add(
                        new FileEvidence(FileEvidence.Kind.MANIFEST, file.path(), file.fileSizeInBytes(), "")));
        base.partitionStatisticsFiles().stream()
                .filter(file -> snapshots.contains(file.snapshotId()))
                .forEach(file -> statistics.add(
                        new FileEvidence(FileEvidence.Kind.MANIFEST, file.path(), file.fileSizeInBytes(), "")));
        Map<String, FileEvidence> removed = reach.of(base);
        removed.keySet()
                .removeAll(reach.of(TableMetadata.buildFrom(base)
                                .removeSnapshots(snapshots)
                                .build())
                        .keySet());
        statistics.forEach(file -> removed.put(file.location(), file));
        commit(base, builder, amendment(base, List.of(), List.copyOf(removed.values()), List.of(), List.of()));
    }

    private Amendment amendment(
            TableMetadata base,
            List<Amendment.Moved> moved,
            List<FileEvidence> removed,
            List<FileEvidence> added,
            List<Amendment.Erased> erased) {
        return new Amendment(
                order.address(),
                name,
                Amendment.Kind.ERASURE,
                order.at(),
                order.by(),
                moved,
                List.of(),
                removed,
                added,
                erased,
                order.reference(),
                base.properties().get(TableProperties.AMENDED));
    }

    private void commit(TableMetadata base, TableMetadata.Builder changed, Amendment amendment) {
        String digest = objects.put(amendment.toNode());
        if (intents.isOpen(order.address())) {
            discard();
            throw conflict("a release is being published");
        }
        offered = true;
        table.operations()
                .commit(
                        base,
                        changed.setProperties(Map.of(TableProperties.AMENDED, digest))
                                .build());
    }

    /** Removes what amendments say was removed, whoever was to do it, and what is old and forgotten. */
    private TableErasure remove() {
        List<TableErasure.Told> ours = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        boolean erased = follow(ours, gone);
        Instant before =
                intents.isOpen(order.address()) ? Instant.EPOCH : blobs.now().minus(LONGEST_RUN);
        Sweep sweep = new Sweep(table, blobs);
        TableMetadata now = Objects.requireNonNull(table.operations().refresh());
        if (now.currentSnapshot() != null && !sweep.shows(now)) {
            throw new UnavailableException("Cannot remove the files of erased rows of table " + name
                    + ": the listing of its folder does not show what it rests on; run it again");
        }
        if (erased) {
            gone.addAll(sweep.past(now));
        }
        List<FileEvidence> leftovers = sweep.leftovers(now, reach, before, gone);
        leftovers.forEach(file -> table.io().deleteFile(file.location()));
        int forgotten = sweep.leftovers(now, reach, FOREVER, gone).size();
        boolean fits = !(match instanceof KeyColumns columns) || columns.fits();
        return new TableErasure(name, true, fits, ours, leftovers.size(), forgotten - leftovers.size());
    }

    /** Whether there was an erasure; gathers what this one told, and the names of all files that are said to have gone. */
    private boolean follow(List<TableErasure.Told> ours, Set<String> gone) {
        boolean erased = false;
        Optional<String> next = Optional.ofNullable(table.properties().get(TableProperties.AMENDED));
        while (next.isPresent()) {
            Amendment amendment = Amendment.of(objects.get(next.get()));
            amendment.removed().forEach(file -> gone.add(Sweep.name(file.location())));
            erased |= amendment.kind() == Amendment.Kind.ERASURE;
            if (order.reference().equals(amendment.reference())) {
                ours.add(new TableErasure.Told(next.get(), amendment));
            }
            next = amendment.previousDigest();
        }
        return erased;
    }
}
