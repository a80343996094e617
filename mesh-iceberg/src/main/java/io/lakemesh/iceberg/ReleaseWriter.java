package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Mode;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Publication.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Turns each change of a publication into a table's uncommitted metadata. */
final class ReleaseWriter {
    private static final Pattern TAG = Pattern.compile("r[1-9][0-9]{0,17}");

    private final IcebergCatalog catalog;
    private final TableDefinition definition;
    private final Publication publication;
    private final String tag;

    ReleaseWriter(IcebergCatalog catalog, Publication publication) {
        this.catalog = catalog;
        this.definition = new TableDefinition(catalog);
        this.publication = publication;
        this.tag = tag(publication.release());
    }

    static String tag(long release) {
        return "r" + release;
    }

    /** The releases that tags stand for. */
    static Set<Long> releases(Map<String, SnapshotRef> refs) {
        return refs.keySet().stream()
                .filter(name -> TAG.matcher(name).matches())
                .map(name -> Long.parseLong(name.substring(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static TableName table(Change change) {
        if (change instanceof Change.Write write) {
            return write.contract().table();
        }
        return change instanceof Change.Keep keep
                ? keep.contract().table()
                : ((Change.PointBack) change).version().table();
    }

    PreparedTable prepare(Change change) {
        if (change instanceof Change.Write write) {
            return write(write.contract(), (IcebergStagedTable) write.staged(), write.mode());
        }
        return change instanceof Change.Keep keep
                ? keep(keep.contract())
                : pointBack(((Change.PointBack) change).version());
    }

    private PreparedTable write(TableContract contract, IcebergStagedTable staged, Mode mode) {
        GuardedTableOperations operations = catalog.operations(contract.table());
        Transaction transaction = definition.begin(contract, operations);
        TableMetadata base = checkedBase(contract.table(), operations);
        requireSameShape(contract, transaction, staged);
        List<FileEvidence> files = new ArrayList<>();
        staged.files().forEach(file -> files.add(file.evidence(FileEvidence.Kind.DATA)));
        List<DataFile> dataFiles = rebound(staged.files(), transaction.table().spec());
        Long parent = base == null || base.currentSnapshot() == null
                ? null
                : base.currentSnapshot().snapshotId();
        BaseTable before = new BaseTable(operations, contract.table().toString());
        SnapshotUpdate<?> update = parent == null || !isInBase(contract.table())
                ? start(transaction, dataFiles, parent)
                : switch (mode) {
                    case APPEND -> append(transaction, dataFiles);
                    case OVERWRITE -> overwrite(transaction, dataFiles, parent);
                    case OVERWRITE_PARTITIONS -> overwritePartitions(contract, transaction, dataFiles, parent);
                    case UPSERT -> upsert(contract, staged, transaction, before, dataFiles, parent, files);
                };
        Snapshot snapshot = commit(transaction, update);
        files.addAll(written(snapshot, transaction.table().io()));
        Versions.Stamp stamp = stamp(contract, transaction, Versions.added(snapshot));
        return finished(base, transaction, stamp, files);
    }

    private PreparedTable keep(TableContract contract) {
        GuardedTableOperations operations = catalog.operations(contract.table());
        Transaction transaction = definition.begin(contract, operations);
        TableMetadata base = checkedBase(contract.table(), operations);
        List<FileEvidence> files = new ArrayList<>();
        Snapshot present = transaction.table().currentSnapshot();
        if (present == null || !isInBase(contract.table())) {
            // a tag needs a snapshot to stand on
            SnapshotUpdate<?> update = start(transaction, List.of(), present == null ? null : present.snapshotId());
            files.addAll(written(commit(transaction, update), operations.io()));
        }
        return finished(base, transaction, stamp(contract, transaction, 0), files);
    }

    private PreparedTable pointBack(TableVersion version) {
        GuardedTableOperations operations = catalog.operations(version.table());
        Transaction transaction = operations.refresh() == null
                ? null
                : Transactions.newTransaction(version.table().toString(), operations);
        TableMetadata base = checkedBase(version.table(), operations);
        Snapshot target = base == null ? null : StandIns.of(base, version.snapshotId());
        if (transaction == null || base == null || target == null) {
            throw new InvalidInputException("Cannot go back to snapshot " + version.snapshotId() + " of table "
                    + version.table() + ": it is not there any more");
        }
        transaction.manageSnapshots().setCurrentSnapshot(target.snapshotId()).commit();
        Versions.Stamp stamp = new Versions.Stamp(
                version.object(),
                version.table(),
                target.snapshotId(),
                schemaOf(base, version),
                version.schema().key().stream()
                        .map(name -> version.schema()
                                .field(version.schema().position(name).orElseThrow())
                                .id())
                        .toList(),
                version.contractId(),
                version.contractVersion(),
                0);
        return finished(base, transaction, stamp, List.of());
    }

    /** The table's schema that equals the version's: a release's schema is not always that of its snapshot. */
    private static int schemaOf(TableMetadata base, TableVersion version) {
        var wanted = Schemas.toIceberg(version.schema()).asStruct();
        return base.schemas().stream()
                .filter(schema -> schema.asStruct().equals(wanted))
                .mapToInt(schema -> schema.schemaId())
                .max()
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot go back: table " + version.table() + " never had the columns of that version"));
    }

    /**
     * The table that a transaction was just begun on, if it is what the publication was checked against. Not read again: what
     * is checked here is what the commit replaces.
     */
    private @Nullable TableMetadata checkedBase(TableName table, GuardedTableOperations operations) {
        TableMetadata now = operations.current();
        if (now == null) {
            return null;
        }
        String owner = now.properties().get(TableProperties.PRODUCT);
        if (!publication.address().toString().equals(owner)) {
            throw new InvalidInputException("Cannot publish " + publication.address() + ": table " + table
                    + (owner == null ? " was not made by Lakemesh" : " belongs to product " + owner));
        }
        requireClock(table, now);
        if (now.ref(tag) != null || !Objects.equals(snapshotId(now), expected(table, now))) {
            throw conflict(now);
        }
        return now;
    }

    /**
     * Iceberg takes no change that is dated over a minute before the last one.
     *
     * @throws UnavailableException if this machine's clock is behind that of the last publisher's
     */
    static void requireClock(TableName table, TableMetadata now) {
        long behind = now.lastUpdatedMillis() - System.currentTimeMillis();
        if (behind > 60_000) {
            throw new UnavailableException("Cannot publish to table " + table + ": this machine's clock is "
                    + behind / 60_000 + " min behind the last publisher's; set both by NTP, or try again when it has"
                    + " caught up");
        }
    }

    private static @Nullable Long snapshotId(TableMetadata metadata) {
        return metadata.currentSnapshot() == null
                ? null
                : metadata.currentSnapshot().snapshotId();
    }

    private @Nullable Long expected(TableName table, TableMetadata now) {
        Optional<TableVersion> version = inBase(table);
        if (version.isEmpty()) {
            return snapshotId(now);
        }
        Snapshot snapshot = StandIns.of(now, version.get().snapshotId());
        return snapshot == null ? null : snapshot.snapshotId();
    }

    private boolean isInBase(TableName table) {
        return inBase(table).isPresent();
    }

    private Optional<TableVersion> inBase(TableName table) {
        return Optional.ofNullable(publication.base()).map(ProductState::tables).orElse(List.of()).stream()
                .filter(version -> version.table().equals(table))
                .findAny();
    }

    ConflictException conflict(@Nullable TableMetadata winner) {
        String who = winner == null ? "" : winner.properties().getOrDefault(TableProperties.RUN_ID, "");
        return new ConflictException("Cannot publish release " + publication.release() + " of " + publication.address()
                + ": " + (who.isEmpty() ? "somebody else" : "run " + who) + " published first; try again");
    }

    private void requireSameShape(TableContract contract, Transaction transaction, IcebergStagedTable staged) {
        boolean same = transaction.table().schema().sameSchema(staged.icebergSchema())
                && transaction.table().spec().compatibleWith(staged.spec());
        if (!same) {
            throw new ConflictException("Cannot publish to table " + contract.table()
                    + ": its columns or partitions were changed since the rows were staged; run again");
        }
    }

    private static List<DataFile> rebound(List<StagedFile<DataFile>> files, PartitionSpec spec) {
        return files.stream()
                .map(staged -> DataFiles.builder(spec).copy(staged.file()).build())
                .toList();
    }

    /** A table that the release before does not have starts empty: what it holds belongs to a release that was rolled back. */
    private static SnapshotUpdate<?> start(Transaction transaction, List<DataFile> files, @Nullable Long parent) {
        return parent == null ? append(transaction, files) : overwrite(transaction, files, parent);
    }

    private static SnapshotUpdate<?> append(Transaction transaction, List<DataFile> files) {
        var append = transaction.newFastAppend();
        files.forEach(append::appendFile);
        return append;
    }

    private static SnapshotUpdate<?> overwrite(Transaction transaction, List<DataFile> files, long parent) {
        OverwriteFiles overwrite = transaction
                .newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .validateFromSnapshot(parent)
                .conflictDetectionFilter(Expressions.alwaysTrue())
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
        files.forEach(overwrite::addFile);
        return overwrite;
    }

    private static SnapshotUpdate<?> overwritePartitions(
            TableContract contract, Transaction transaction, List<DataFile> files, long parent) {
        if (files.isEmpty()) {
            return append(transaction, files);
        }
        int spec = transaction.table().spec().specId();
        boolean mixed = transaction
                .table()
                .currentSnapshot()
                .dataManifests(transaction.table().io())
                .stream()
                .anyMatch(manifest -> manifest.partitionSpecId() != spec
                        && (manifest.hasAddedFiles() || manifest.hasExistingFiles()));
        if (mixed) {
            throw new InvalidInputException("Cannot overwrite partitions of table " + contract.table()
                    + ": it has rows from before its partitioning was changed; use mode overwrite once");
        }
        ReplacePartitions replace = transaction
                .newReplacePartitions()
                .validateFromSnapshot(parent)
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
        files.forEach(replace::addFile);
        return replace;
    }

    private static SnapshotUpdate<?> upsert(
            TableContract contract,
            IcebergStagedTable staged,
            Transaction transaction,
            BaseTable before,
            List<DataFile> files,
            long parent,
            List<FileEvidence> evidence) {
        RowDelta delta = transaction
                .newRowDelta()
                .validateFromSnapshot(parent)
                .conflictDetectionFilter(Expressions.alwaysTrue())
                .validateNoConflictingDataFiles()
                .validateNoConflictingDeleteFiles();
        files.forEach(delta::addRows);
        new UpsertDeletes(contract, before, staged, UpsertDeletes.KEYS_IN_MEMORY)
                .write()
                .forEach(file -> {
                    delta.addDeletes(file.file());
                    evidence.add(file.evidence(FileEvidence.Kind.DELETE));
                });
        return delta;
    }

    private Snapshot commit(Transaction transaction, SnapshotUpdate<?> update) {
        update.set(TableProperties.RUN_ID, publication.runId());
        update.set(TableProperties.RELEASE, Long.toString(publication.release()));
        update.commit();
        return transaction.table().currentSnapshot();
    }

    private static Versions.Stamp stamp(TableContract contract, Transaction transaction, long added) {
        return new Versions.Stamp(
                contract.object(),
                contract.table(),
                transaction.table().currentSnapshot().snapshotId(),
                transaction.table().schema().schemaId(),
                IcebergStagedTable.keyIds(contract, transaction.table().schema()),
                contract.contractId(),
                contract.contractVersion(),
                added);
    }

    /** The manifests and the manifest list that a snapshot brought with it. */
    static List<FileEvidence> written(Snapshot snapshot, FileIO io) {
        List<FileEvidence> files = new ArrayList<>();
        for (ManifestFile manifest : snapshot.allManifests(io)) {
            if (Objects.equals(manifest.snapshotId(), snapshot.snapshotId())) {
                files.add(evidence(FileEvidence.Kind.MANIFEST, manifest.path(), io));
            }
        }
        files.add(evidence(FileEvidence.Kind.MANIFEST_LIST, snapshot.manifestListLocation(), io));
        return files;
    }

    private static FileEvidence evidence(FileEvidence.Kind kind, String location, FileIO io) {
        var file = io.newInputFile(location);
        return new FileEvidence(kind, location, file.getLength(), FileDigests.of(file));
    }

    private PreparedTable finished(
            @Nullable TableMetadata base, Transaction transaction, Versions.Stamp stamp, List<FileEvidence> files) {
        transaction.manageSnapshots().createTag(tag, stamp.snapshotId()).commit();
        PreparedTable prepared = new PreparedTable(base, transaction, stamp, files);
        prepared.set(Map.of(
                TableProperties.PRODUCT, publication.address().toString(),
                TableProperties.PRODUCT_ID, publication.productId(),
                TableProperties.OBJECT, stamp.object(),
                TableProperties.CONTRACT_ID, stamp.contractId(),
                TableProperties.CONTRACT_VERSION, stamp.contractVersion(),
                TableProperties.RELEASE, Long.toString(publication.release()),
                TableProperties.RUN_ID, publication.runId()));
        return prepared;
    }
}
