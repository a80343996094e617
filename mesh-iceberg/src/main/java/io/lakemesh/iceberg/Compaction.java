package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * Writes the rows of many files into few, in the table's order, and proves that they are the same. Nothing is committed here.
 * Rows are held in memory only as far as they are sorted in runs. Not thread-safe.
 */
final class Compaction {
    private static final int[] EVERY_ROW = IntStream.range(0, Batch.CAPACITY).toArray();

    private final BaseTable table;
    private final CompactionPlan plan;
    private final TableVersion version;
    private final TableSchema columns;
    private final DataFileWriter writer;

    Compaction(BaseTable table, CompactionPlan plan, TableVersion version) {
        this.table = table;
        this.plan = plan;
        this.columns = Schemas.fromIceberg(table.schema(), List.of());
        this.version = version.withSchema(columns);
        this.writer = new DataFileWriter(table, table.io(), table.location() + "/data/compacted-" + UUID.randomUUID());
    }

    /** Writes the files; those of a failure are removed. */
    List<StagedFile<DataFile>> write() {
        try {
            RowSum before = copy();
            List<StagedFile<DataFile>> files = writer.finish();
            if (!sum(files).equalsSum(before)) {
                throw new IntegrityException("Cannot compact table " + table.name()
                        + ": the rows that were written are not those that were read; nothing was changed");
            }
            return files;
        } catch (RuntimeException e) {
            writer.discard();
            throw e;
        }
    }

    private RowSum copy() {
        Set<String> wanted = plan.files().stream().map(DataFile::location).collect(Collectors.toSet());
        List<SortField> order = order();
        SortBuffer sorted = order.isEmpty() ? null : new SortBuffer(columns, order);
        RowSum sum = new RowSum(columns);
        try (TableReader reader = TableReader.open(
                table, version, Scan.ALL, task -> wanted.contains(task.file().location()))) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                sum.add(batch);
                if (sorted == null) {
                    writer.write(batch, EVERY_ROW, batch.size());
                } else {
                    sorted.add(batch, EVERY_ROW, batch.size(), writer);
                }
            }
        }
        if (sorted != null) {
            sorted.flush(writer);
        }
        return sum;
    }

    private List<SortField> order() {
        SortOrder order = table.sortOrder();
        return order.fields().stream()
                .filter(field -> field.transform().isIdentity())
                .map(field -> new SortField(
                        table.schema().findColumnName(field.sourceId()), field.direction() == SortDirection.ASC))
                .toList();
    }

    /** What a reader of the new files gets. */
    private RowSum sum(List<StagedFile<DataFile>> files) {
        RowSum sum = new RowSum(columns);
        Schema schema = table.schema();
        for (StagedFile<DataFile> file : files) {
            try (CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(file.file()))
                    .project(schema)
                    .createReaderFunc(message -> GenericParquetReaders.buildReader(schema, message))
                    .build()) {
                records.forEach(row -> sum.add(column -> Values.fromIceberg(row.get(column))));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file.file().location(), e);
            }
        }
        return sum;
    }

    void discard() {
        writer.discard();
    }
}
