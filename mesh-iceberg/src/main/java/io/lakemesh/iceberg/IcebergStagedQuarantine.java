package io.lakemesh.iceberg;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.TableContract;
import io.lakemesh.iceberg.columnar.QuarantineFile;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Deadline;
import io.lakemesh.run.StagedQuarantine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were set aside, for the table {@code <table>_quarantine}, which is partitioned by run. Which run it is, is known only
 * at the end: files are written without that column, and readers take it from the file's partition.
 *
 * <p>No column has bounds in Iceberg's manifests, since any of them may show personal data.
 */
final class IcebergStagedQuarantine implements StagedQuarantine {
    private static final long TARGET_BYTES = 128L << 20;
    private final IcebergCatalog catalog;
    private final QuarantineTable table;
    private final String prefix;
    private final long writtenAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private @Nullable QuarantineFile writer;
    private @Nullable HashingOutputFile output;
    private final RowsDigest content = new RowsDigest();
    private long rows;
    private boolean offered;
    private QuarantineTable.@Nullable Committed committed;

    IcebergStagedQuarantine(IcebergCatalog catalog, TableContract contract, String attempt) {
        this.catalog = catalog;
        this.table = new QuarantineTable(catalog, contract);
        this.prefix = catalog.location(table.name()) + "/data/" + attempt;
    }

    @Override
    public void write(QuarantinedRow row) {
        Failures.reaching(() -> add(row));
    }

    private void add(QuarantinedRow row) {
        QuarantineFile open = writer == null ? open() : writer;
        open.write(row);
        content.add(row);
        if (++rows % 4096 == 0 && open.length() > TARGET_BYTES) {
            finish();
        }
    }

    private QuarantineFile open() {
        String location = String.format("%s-%05d.parquet", prefix, files.size() + 1);
        HashingOutputFile file = new HashingOutputFile(catalog.io().newOutputFile(location));
        // so that it is ended even if its first bytes cannot be written
        this.output = file;
        QuarantineFile opened = new QuarantineFile(file, writtenAt);
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
    public Optional<TableVersion> commit(String runId, Deadline deadline) {
        return Failures.reaching(() -> commitOnce(runId, deadline));
    }

    private Optional<TableVersion> commitOnce(String runId, Deadline deadline) {
        finish();
        if (committed == null) {
            // from here on a table may name the files, even where the commit seems to have failed
            offered = true;
            committed = table.commit(runId, content.hex(), files, deadline);
            if (!committed.taken()) {
                delete();
            }
        }
        return Optional.ofNullable(committed.version());
    }

    @Override
    public void discard() {
        abort();
        if (!offered) {
            delete();
        }
    }

    private void delete() {
        StagedFiles.delete(
                catalog.io(), files.stream().map(file -> file.file().location()).toList());
        files.clear();
    }

    @Override
    public void close() {
        abort();
    }

    private void abort() {
        if (output != null) {
            StagedFiles.abort(output::abort);
            // other storage than the local disk cannot end a file without one
            StagedFiles.delete(catalog.io(), output.location());
        }
        if (writer != null) {
            StagedFiles.abort(writer::abort);
        }
        writer = null;
        output = null;
    }
}
