package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.ConflictException;
import io.lakemesh.iceberg.columnar.QuarantineFile;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code <table>_quarantine}, which holds the rows of each run in a partition of its own.
 *
 * <p>Executions of one run that are under way at once set the same rows aside: the first of them leaves its rows, the others
 * find them. Other rows under the same run id replace those of a run that was refused, and never those of a published one.
 * What is replaced stays readable in the snapshots before; its files are left for maintenance.
 */
final class QuarantineTable {
    /** Digest of the rows that a snapshot's run set aside ({@link RowsDigest}). */
    private static final String CONTENT = "lakemesh.content";

    static final Schema SCHEMA = withRun();

    private final IcebergCatalog catalog;
    private final TableContract contract;
    private final TableName name;

    /**
     * What became of rows.
     *
     * @param version the table with the run's rows; null if the run has none
     * @param taken whether the table names the files that were given
     */
    record Committed(@Nullable TableVersion version, boolean taken) {}

    QuarantineTable(IcebergCatalog catalog, TableContract contract) {
        this.catalog = catalog;
        this.contract = contract;
        this.name = new TableName(contract.table().namespace(), contract.table().name() + "_quarantine");
    }

    private static Schema withRun() {
        List<Types.NestedField> fields = new ArrayList<>();
        // optional, though always there: readers such as pyiceberg refuse a file without a required column before they
        // look at
        // its partition, which has the value
        fields.add(Types.NestedField.optional(1, "run_id", Types.StringType.get()));
        fields.addAll(QuarantineFile.SCHEMA.columns());
        return new Schema(fields);
    }

    TableName name() {
        return name;
    }

    /**
     * Makes files the run's, unless its rows are there.
     *
     * @throws ConflictException if others were quicker until the deadline
     */
    Committed commit(String runId, String content, List<StagedFile<DataFile>> files, Deadline deadline) {
        BaseTable target = catalog.find(name);
        if (target == null && files.isEmpty()) {
            return new Committed(null, false);
        }
        BaseTable opened = target == null ? create() : target;
        while (true) {
            try {
                return commit(opened, runId, content, files);
            } catch (CommitFailedException e) {
                if (!deadline.pause()) {
                    throw deadline.exceeded(new ConflictException(
                            "Cannot set rows of run " + runId + " aside in table " + name
                                    + ": others write there; try again",
                            e));
                }
            }
        }
    }

    /** One atomic commit upon the table as it is looked at here, never upon another. */
    private Committed commit(BaseTable target, String runId, String content, List<StagedFile<DataFile>> files) {
        Transaction transaction = Transactions.newTransaction(target.name(), target.operations());
        TableMetadata base = target.operations().current();
        Optional<Snapshot> before = last(target, runId);
        if (isSettled(before, runId, content) || (files.isEmpty() && before.isEmpty())) {
            return new Committed(before.flatMap(last -> left(target, last)).orElse(null), false);
        }
        Snapshot snapshot = replace(transaction, runId, content, files);
        target.operations().commit(base, PreparedTable.metadata(transaction));
        target.refresh();
        List<FileEvidence> evidence = new ArrayList<>();
        files.forEach(file -> evidence.add(file.evidence(FileEvidence.Kind.QUARANTINE)));
        return new Committed(files.isEmpty() ? null : version(target, snapshot, evidence), true);
    }

    private boolean isSettled(Optional<Snapshot> before, String runId, String content) {
        return before.map(snapshot -> snapshot.summary().get(CONTENT))
                        .filter(content::equals)
                        .isPresent()
                || isPublished(runId);
    }

    private Optional<TableVersion> left(BaseTable target, Snapshot snapshot) {
        return Versions.added(snapshot) == 0
                ? Optional.empty()
                : Optional.of(version(target, snapshot, evidence(target, snapshot)));
    }

    /** Where a run's rows were last written. */
    private static Optional<Snapshot> last(BaseTable target, String runId) {
        return StreamSupport.stream(target.snapshots().spliterator(), false)
                .filter(snapshot -> runId.equals(Versions.run(snapshot)))
                .max(Comparator.comparingLong(Snapshot::sequenceNumber));
    }

    /** Whether the run made a release: one that was undone has no tag any more. */
    private boolean isPublished(String runId) {
        BaseTable table = catalog.find(contract.table());
        return table != null
                && StreamSupport.stream(table.snapshots().spliterator(), false)
                        .filter(snapshot -> runId.equals(Versions.run(snapshot)))
                        .anyMatch(snapshot -> isReleased(table, snapshot));
    }

    private static boolean isReleased(BaseTable table, Snapshot snapshot) {
        SnapshotRef tag = table.refs().get("r" + snapshot.summary().get(TableProperties.RELEASE));
        return tag != null && tag.snapshotId() == snapshot.snapshotId();
    }

    private static Snapshot replace(
            Transaction transaction, String runId, String content, List<StagedFile<DataFile>> files) {
        SnapshotUpdate<?> update = files.isEmpty()
                ? transaction.newDelete().deleteFromRowFilter(Expressions.equal("run_id", runId))
                : replacement(transaction, runId, files);
        update.set(TableProperties.RUN_ID, runId);
        update.set(CONTENT, content);
        update.commit();
        return transaction.table().currentSnapshot();
    }

    private static ReplacePartitions replacement(
            Transaction transaction, String runId, List<StagedFile<DataFile>> files) {
        PartitionSpec spec = transaction.table().spec();
        PartitionData partition = new PartitionData(spec.partitionType());
        partition.set(0, runId);
        ReplacePartitions replace = transaction.newReplacePartitions();
        files.forEach(staged -> replace.addFile(DataFiles.builder(spec)
                .copy(staged.file())
                .withPartition(partition)
                .build()));
        return replace;
    }

    private TableVersion version(BaseTable target, Snapshot snapshot, List<FileEvidence> rows) {
        List<FileEvidence> evidence = new ArrayList<>(rows);
        evidence.addAll(ReleaseWriter.written(snapshot, target.io()));
        return new TableVersion(
                contract.object() + "_quarantine",
                name,
                target.uuid().toString(),
                snapshot.snapshotId(),
                contract.contractId(),
                contract.contractVersion(),
                Schemas.fromIceberg(target.schema(), List.of()),
                Versions.rows(snapshot),
                Versions.added(snapshot),
                evidence);
    }

    private static List<FileEvidence> evidence(BaseTable target, Snapshot snapshot) {
        List<FileEvidence> evidence = new ArrayList<>();
        for (DataFile file :
                SnapshotChanges.builderFor(target).snapshot(snapshot).build().addedDataFiles()) {
            String digest = FileDigests.of(target.io().newInputFile(file.location()));
            evidence.add(
                    new FileEvidence(FileEvidence.Kind.QUARANTINE, file.location(), file.fileSizeInBytes(), digest));
        }
        return evidence;
    }

    private BaseTable create() {
        catalog.ensureNamespace(name.namespace());
        try {
            GuardedTableOperations operations = catalog.operations(name);
            PartitionSpec byRun =
                    PartitionSpec.builderFor(SCHEMA).identity("run_id").build();
            operations.commit(null, operations.start(SCHEMA, byRun, SortOrder.unsorted(), properties()));
        } catch (AlreadyExistsException e) {
            // another run was quicker
            return existing(e);
        }
        return existing(null);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(TableProperties.writing(false));
        properties.put(TableProperties.QUARANTINE, contract.table().name());
        return properties;
    }

    private BaseTable existing(@Nullable RuntimeException cause) {
        BaseTable created = catalog.find(name);
        if (created == null) {
            throw new ConflictException("Cannot open table " + name + ": it was just dropped; try again", cause);
        }
        return created;
    }
}
