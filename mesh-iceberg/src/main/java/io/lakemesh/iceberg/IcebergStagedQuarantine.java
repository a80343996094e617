package io.lakemesh.iceberg;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.iceberg.columnar.QuarantineFile;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.StagedQuarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were set aside, for the table {@code <table>_quarantine}, which is partitioned by run. Which run it is, is known only
 * at the end: files are written without that column, and readers take it from the file's partition.
 *
 * <p>No column has bounds in Iceberg's manifests, since any of them may show personal data.
 */
final class IcebergStagedQuarantine implements StagedQuarantine {
    private static final long TARGET_BYTES = 128L << 20;
    static final Schema SCHEMA = withRun();

    private final GuardedJdbcCatalog catalog;
    private final TableContract contract;
    private final TableName table;
    private final String prefix;
    private final long writtenAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private @Nullable QuarantineFile writer;
    private @Nullable HashingOutputFile output;
    private long rows;

    IcebergStagedQuarantine(GuardedJdbcCatalog catalog, TableContract contract, String attempt) {
        this.catalog = catalog;
        this.contract = contract;
        this.table =
                new TableName(contract.table().namespace(), contract.table().name() + "_quarantine");
        this.prefix = catalog.newLocation(table) + "/data/" + attempt;
    }

    private static Schema withRun() {
        List<Types.NestedField> fields = new ArrayList<>();
        fields.add(Types.NestedField.required(1, "run_id", Types.StringType.get()));
        fields.addAll(QuarantineFile.SCHEMA.columns());
        return new Schema(fields);
    }

    @Override
    public void write(QuarantinedRow row) {
        QuarantineFile open = writer == null ? open() : writer;
        open.write(row);
        if (++rows % 4096 == 0 && open.length() > TARGET_BYTES) {
            finish();
        }
    }

    private QuarantineFile open() {
        String location = String.format("%s-%05d.parquet", prefix, files.size() + 1);
        HashingOutputFile file = new HashingOutputFile(catalog.io().newOutputFile(location));
        QuarantineFile opened = new QuarantineFile(file, writtenAt);
        this.output = file;
        this.writer = opened;
        return opened;
    }

    private void finish() {
        if (writer == null || output == null) {
            return;
        }
        writer.close();
        files.add(new StagedFile<>(dataFile(output.location(), writer), output.sha256()));
        writer = null;
        output = null;
    }

    private static DataFile dataFile(String location, QuarantineFile closed) {
        MetricsConfig metrics =
                MetricsConfig.from(TableProperties.writing(false), QuarantineFile.SCHEMA, SortOrder.unsorted());
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(closed.length())
                .withMetrics(closed.metrics(metrics))
                .withSplitOffsets(closed.splitOffsets())
                .build();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public Optional<TableVersion> commit(String runId) {
        finish();
        BaseTable target = catalog.find(table);
        if (rows == 0) {
            if (target != null) {
                clear(target, runId);
            }
            return Optional.empty();
        }
        return Optional.of(commit(target == null ? create() : target, runId));
    }

    private static void clear(BaseTable target, String runId) {
        var ofRun = Expressions.equal("run_id", runId);
        try (var left = target.newScan().filter(ofRun).planFiles()) {
            if (left.iterator().hasNext()) {
                target.newDelete().deleteFromRowFilter(ofRun).commit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a scan", e);
        }
    }

    private BaseTable create() {
        catalog.ensureNamespace(table.namespace());
        try {
            catalog.buildTable(GuardedJdbcCatalog.identifier(table), SCHEMA)
                    .withPartitionSpec(
                            PartitionSpec.builderFor(SCHEMA).identity("run_id").build())
                    .withProperties(TableProperties.writing(false))
                    .withProperty("format-version", "2")
                    .withProperty("commit.retry.num-retries", "20")
                    .withProperty(TableProperties.QUARANTINE, contract.table().name())
                    .create();
        } catch (AlreadyExistsException e) {
            // another run was quicker
            return existing(e);
        }
        return existing(null);
    }

    private BaseTable existing(@Nullable RuntimeException cause) {
        BaseTable created = catalog.find(table);
        if (created == null) {
            throw new io.lakemesh.error.ConflictException(
                    "Cannot open table " + table + ": it was just dropped", cause);
        }
        return created;
    }

    private TableVersion commit(BaseTable target, String runId) {
        PartitionSpec spec = target.spec();
        PartitionData partition = new PartitionData(spec.partitionType());
        partition.set(0, runId);
        ReplacePartitions replace = target.newReplacePartitions().set(TableProperties.RUN_ID, runId);
        files.forEach(staged -> replace.addFile(DataFiles.builder(spec)
                .copy(staged.file())
                .withPartition(partition)
                .build()));
        String attempt = java.util.UUID.randomUUID().toString();
        replace.set("lakemesh.attempt", attempt).commit();
        target.refresh();
        return version(target, snapshot(target, attempt));
    }

    /** Another run's rows may have come since. */
    private static Snapshot snapshot(BaseTable target, String attempt) {
        for (Snapshot snapshot : target.snapshots()) {
            if (attempt.equals(snapshot.summary().get("lakemesh.attempt"))) {
                return snapshot;
            }
        }
        throw new io.lakemesh.error.IntegrityException("Cannot find what was just committed to " + target.name());
    }

    private TableVersion version(BaseTable target, Snapshot snapshot) {
        List<FileEvidence> evidence = new ArrayList<>();
        files.forEach(file -> evidence.add(file.evidence(FileEvidence.Kind.QUARANTINE)));
        evidence.addAll(ReleaseWriter.written(snapshot, target.io()));
        return new TableVersion(
                contract.object() + "_quarantine",
                table,
                target.uuid().toString(),
                snapshot.snapshotId(),
                contract.contractId(),
                contract.contractVersion(),
                Schemas.fromIceberg(target.schema(), List.of()),
                Versions.rows(snapshot),
                Versions.added(snapshot),
                evidence);
    }

    @Override
    public void discard() {
        finish();
        files.forEach(file -> catalog.io().deleteFile(file.file().location()));
        files.clear();
    }

    @Override
    public void close() {
        finish();
    }
}
