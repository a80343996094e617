package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Maintenance of one table: at most two commits, each upon the table as it was looked at and with an amendment, then the removal of
 * files. A commit that loses to another is made again upon what that left. Not thread-safe.
 */
final class TableMaintenance {
    private static final int ATTEMPTS = 5;
    private static final int MOST_MANIFESTS = 100;
    private static final long SMALL_MANIFEST = 4L << 20;

    private final FileBlobStore blobs;
    private final Intents intents;
    private final ObjectStore objects;
    private final Upkeep upkeep;
    private final BaseTable table;
    private final TableName name;
    private final Instant before;
    private final Reach reach;
    private final List<String> left = new ArrayList<>();

    TableMaintenance(IcebergCatalog catalog, FileBlobStore blobs, Intents intents, Upkeep upkeep, BaseTable table) {
        this.blobs = blobs;
        this.intents = intents;
        this.objects = new ObjectStore(blobs);
        this.upkeep = upkeep;
        this.table = table;
        this.name = ProductTables.name(table);
        this.before = blobs.now().minus(upkeep.olderThan());
        this.reach = new Reach(catalog.io());
    }

    /**
     * Does it.
     *
     * @param version what the newest release has of the table, if it has it
     */
    TableUpkeep maintain(Optional<TableVersion> version) {
        CompactionPlan plan = version.filter(this::isCompactable)
                .map(found -> CompactionPlan.of(table))
                .orElse(null);
        boolean compacts = plan != null && !plan.isEmpty();
        int into = compacts && !upkeep.dryRun() ? compact(Objects.requireNonNull(plan), version.orElseThrow()) : 0;
        boolean compacted = compacts && (upkeep.dryRun() || into >= 0);
        int manifests = version.filter(this::isCompactable)
                .map(found -> upkeep.dryRun() ? small(table.currentSnapshot()) : mergeManifests())
                .orElse(0);
        Expiry expiry = upkeep.dryRun() ? expiry() : expire();
        List<FileEvidence> leftovers = sweep(expiry);
        return new TableUpkeep(
                name,
                compacted ? Objects.requireNonNull(plan).tasks().size() : 0,
                Math.max(into, 0),
                compacted ? Objects.requireNonNull(plan).bytes() : 0,
                manifests,
                expiry.releases(),
                leftovers,
                left.isEmpty() ? null : String.join("; ", left));
    }

    /**
     * Files are written with the table's columns of today: not where the release has others, nor where another release, which may
     * have others, is read from the same snapshot.
     */
    private boolean isCompactable(TableVersion version) {
        TableMetadata metadata = table.operations().current();
        Snapshot current = metadata.currentSnapshot();
        Snapshot ofRelease = StandIns.of(metadata, version.snapshotId());
        return current != null
                && ofRelease != null
                && ofRelease.snapshotId() == current.snapshotId()
                && Schemas.toIceberg(version.schema())
                        .asStruct()
                        .equals(metadata.schema().asStruct())
                && (metadata.schemas().size() == 1 || tagsOf(metadata, current).size() == 1);
    }

    private static List<String> tagsOf(TableMetadata metadata, Snapshot snapshot) {
        return metadata.refs().entrySet().stream()
                .filter(ref -> ref.getValue().isTag() && ref.getValue().snapshotId() == snapshot.snapshotId())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The number of new files, or -1 if nothing was changed. */
    private int compact(CompactionPlan plan, TableVersion version) {
        Compaction compaction = new Compaction(table, plan, version);
        List<StagedFile<DataFile>> files = compaction.write();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (commit(plan, files)) {
                    return files.size();
                }
                break;
            } catch (CommitFailedException e) {
                // somebody published: the same files may still be put in the place of the same others
            } catch (ValidationException e) {
                break;
            }
        }
        compaction.discard();
        left.add("files were not put together: the table was changed meanwhile");
        return -1;
    }

    private boolean commit(CompactionPlan plan, List<StagedFile<DataFile>> files) {
        table.operations().refresh();
        Transaction transaction = Transactions.newTransaction(table.name(), table.operations());
        TableMetadata base = table.operations().current();
        Snapshot current = base.currentSnapshot();
        if (intents.isOpen(upkeep.address())
                || current == null
                || !base.schema().sameSchema(plan.schema())
                || (base.schemas().size() > 1 && tagsOf(base, current).size() != 1)) {
            return false;
        }
        RewriteFiles rewrite =
                transaction.newRewrite().validateFromSnapshot(plan.snapshot().snapshotId());
        plan.files().forEach(rewrite::deleteFile);
        plan.deletes().forEach(rewrite::deleteFile);
        files.forEach(file -> rewrite.addFile(file.file()));
        StandIns.summary(current).forEach(rewrite::set);
        TableProperties.mark(current.summary()).forEach(rewrite::set);
        rewrite.commit();
        List<FileEvidence> added = new ArrayList<>();
        files.forEach(file -> added.add(file.evidence(FileEvidence.Kind.DATA)));
        standIn(transaction, base, current, removed(plan), added);
        return true;
    }

    /** Moves the tags from a snapshot to the one that a transaction made for it, and commits both. */
    private void standIn(
            Transaction transaction,
            TableMetadata base,
            Snapshot before,
            List<FileEvidence> removed,
            List<FileEvidence> added) {
        Snapshot after = transaction.table().currentSnapshot();
        List<Amendment.Moved> moved = new ArrayList<>();
        for (String tag : tagsOf(base, before)) {
            transaction.manageSnapshots().replaceTag(tag, after.snapshotId()).commit();
            moved.add(new Amendment.Moved(Long.parseLong(tag.substring(1)), before.snapshotId(), after.snapshotId()));
        }
        List<FileEvidence> all = new ArrayList<>(added);
        all.addAll(ReleaseWriter.written(after, table.io()));
        String digest = objects.put(amendment(base, Amendment.Kind.COMPACTION, moved, List.of(), removed, all)
                .toNode());
        transaction.updateProperties().set(TableProperties.AMENDED, digest).commit();
        ((BaseTransaction) transaction).underlyingOps().commit(base, PreparedTable.metadata(transaction));
        table.refresh();
    }

    /** How many small manifests a snapshot has, if they are worth putting together. */
    private int small(Snapshot snapshot) {
        long small = snapshot.dataManifests(table.io()).stream()
                .filter(TableMaintenance::isSmall)
                .count();
        return small < MOST_MANIFESTS ? 0 : Math.toIntExact(small);
    }

    private static boolean isSmall(ManifestFile manifest) {
        return manifest.length() < SMALL_MANIFEST;
    }

    /** How many were put together. Each publish adds one, and whoever reads opens all. */
    private int mergeManifests() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            table.operations().refresh();
            Transaction transaction = Transactions.newTransaction(table.name(), table.operations());
            TableMetadata base = table.operations().current();
            Snapshot current = base.currentSnapshot();
            int small = current == null ? 0 : small(current);
            if (small == 0
                    || current == null
                    || intents.isOpen(upkeep.address())
                    || (base.schemas().size() > 1 && tagsOf(base, current).size() != 1)) {
                return 0;
            }
            RewriteManifests rewrite =
                    transaction.rewriteManifests().clusterBy(file -> "").rewriteIf(TableMaintenance::isSmall);
            StandIns.summary(current).forEach(rewrite::set);
            TableProperties.mark(current.summary()).forEach(rewrite::set);
            rewrite.commit();
            try {
                standIn(transaction, base, current, List.of(), List.of());
                return small;
            } catch (CommitFailedException e) {
                // somebody published: looked at again
            }
        }
        left.add("manifests were not put together: others are publishing");
        return 0;
    }

    private static List<FileEvidence> removed(CompactionPlan plan) {
        List<FileEvidence> removed = new ArrayList<>();
        plan.files()
                .forEach(file -> removed.add(
                        new FileEvidence(FileEvidence.Kind.DATA, file.location(), file.fileSizeInBytes(), "")));
        plan.deletes()
                .forEach(file -> removed.add(
                        new FileEvidence(FileEvidence.Kind.DELETE, file.location(), file.fileSizeInBytes(), "")));
        return removed;
    }

    private Amendment amendment(
            TableMetadata base,
            Amendment.Kind kind,
            List<Amendment.Moved> moved,
            List<Long> expired,
            List<FileEvidence> removed,
            List<FileEvidence> added) {
        return new Amendment(
                upkeep.address(),
                name,
                kind,
                upkeep.at(),
                upkeep.by(),
                moved,
                expired,
                removed,
                added,
                List.of(),
                null,
                base.properties().get(TableProperties.AMENDED));
    }

    private Expiry expiry() {
        return Expiry.of(Objects.requireNonNull(table.operations().refresh()), upkeep, before);
    }

    private Expiry expire() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Expiry expiry = expiry();
            if (expiry.isEmpty()) {
                return expiry;
            }
            try {
                if (intents.isOpen(upkeep.address())) {
                    break;
                }
                commit(expiry);
                return expiry;
            } catch (CommitFailedException e) {
                // looked at again
            }
        }
        left.add("releases were not expired: others are publishing");
        return new Expiry(table.operations().current(), List.of(), Set.of());
    }

    private void commit(Expiry expiry) {
        Map<String, FileEvidence> removed = reach.of(expiry.base());
        TableMetadata after = expiry.applied().build();
        removed.keySet().removeAll(reach.of(after).keySet());
        String digest = objects.put(amendment(
                        expiry.base(),
                        Amendment.Kind.EXPIRY,
                        List.of(),
                        expiry.releases(),
                        List.copyOf(removed.values()),
                        List.of())
                .toNode());
        table.operations()
                .commit(
                        expiry.base(),
                        expiry.applied()
                                .setProperties(Map.of(TableProperties.AMENDED, digest))
                                .build());
    }

    /** Removes, or for a dry run only finds, what nothing leads to; looks again if the table was changed meanwhile. */
    private List<FileEvidence> sweep(Expiry expiry) {
        if (intents.isOpen(upkeep.address())) {
            left.add("no file was removed: a release is being published");
            return List.of();
        }
        Sweep sweep = new Sweep(table, blobs);
        TableMetadata now = Objects.requireNonNull(table.operations().refresh());
        if (upkeep.dryRun()) {
            boolean same =
                    Objects.equals(now.metadataFileLocation(), expiry.base().metadataFileLocation());
            return sweep.leftovers(same ? withFiles(expiry, now) : now, reach, before);
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            List<FileEvidence> leftovers = sweep.leftovers(now, reach, before);
            TableMetadata again = Objects.requireNonNull(table.operations().refresh());
            if (Objects.equals(again.metadataFileLocation(), now.metadataFileLocation())) {
                leftovers.forEach(file -> StagedFiles.delete(table.io(), file.location()));
                return leftovers;
            }
            now = again;
        }
        left.add("no file was removed: others are publishing");
        return List.of();
    }

    private static TableMetadata withFiles(Expiry expiry, TableMetadata now) {
        return expiry.isEmpty()
                ? now
                : expiry.applied()
                        .discardChanges()
                        .withMetadataLocation(now.metadataFileLocation())
                        .build();
    }
}
