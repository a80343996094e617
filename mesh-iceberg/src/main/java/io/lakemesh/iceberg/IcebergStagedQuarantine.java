package io.lakemesh.iceberg;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.StagedQuarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
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
    private static final Types.StructType REASON = Types.StructType.of(
            Types.NestedField.required(10, "rule", Types.StringType.get()),
            Types.NestedField.optional(11, "field", Types.StringType.get()),
            Types.NestedField.required(12, "message", Types.StringType.get()));
    private static final Schema ROW = new Schema(
            Types.NestedField.required(2, "file", Types.StringType.get()),
            Types.NestedField.required(3, "line", Types.LongType.get()),
            Types.NestedField.required(
                    4, "record", Types.MapType.ofRequired(7, 8, Types.StringType.get(), Types.StringType.get())),
            Types.NestedField.required(5, "reasons", Types.ListType.ofRequired(9, REASON)),
            Types.NestedField.required(6, "quarantined_at", Types.TimestampType.withZone()));
    static final Schema SCHEMA = withRun();

    private final GuardedJdbcCatalog catalog;
    private final TableContract contract;
    private final TableName table;
    private final String prefix;
    private final Record record = GenericRecord.create(ROW);
    private final Record reason = GenericRecord.create(REASON);
    private final Object writtenAt =
            Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private @Nullable DataWriter<Record> writer;
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
        fields.addAll(ROW.columns());
        return new Schema(fields);
    }

    @Override
    public void write(QuarantinedRow row) {
        DataWriter<Record> open = writer == null ? open() : writer;
        record.set(0, row.file());
        record.set(1, row.line());
        record.set(2, row.record());
        record.set(3, row.reasons().stream().map(this::reason).toList());
        record.set(4, writtenAt);
        open.write(record);
        if (++rows % 4096 == 0 && open.length() > TARGET_BYTES) {
            finish();
        }
    }

    @SuppressWarnings("NullAway") // Iceberg's interface is not annotated: null is a null
    private Record reason(QuarantinedRow.Reason why) {
        Record copy = reason.copy();
        copy.set(0, why.rule());
        copy.set(1, why.field());
        copy.set(2, why.message());
        return copy;
    }

    private DataWriter<Record> open() {
        String location = String.format("%s-%05d.parquet", prefix, files.size() + 1);
        HashingOutputFile file = new HashingOutputFile(catalog.io().newOutputFile(location));
        try {
            DataWriter<Record> opened = Parquet.writeData(file)
                    .schema(ROW)
                    .setAll(TableProperties.writing(false))
                    .metricsConfig(MetricsConfig.from(TableProperties.writing(false), ROW, SortOrder.unsorted()))
                    .createWriterFunc(GenericParquetWriter::create)
                    .withSpec(PartitionSpec.unpartitioned())
                    .build();
            this.output = file;
            this.writer = opened;
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + location, e);
        }
    }

    private void finish() {
        if (writer == null || output == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
        files.add(new StagedFile<>(writer.toDataFile(), output.sha256()));
        writer = null;
        output = null;
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
