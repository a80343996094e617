package io.lakemesh.iceberg;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.DeleteSchemaUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table without the rows that are meant: each is read once, rows that delete files hide included, and written
 * anew if it has such rows, with the columns that it has, whatever the table's are today. Not thread-safe.
 */
final class ErasedFiles {
    private final BaseTable table;
    private final RowMatch match;
    private final String prefix;
    private final Map<String, Hit> looked = new HashMap<>();
    private final Map<String, Optional<StagedFile<DataFile>>> data = new HashMap<>();
    private final Map<String, Optional<StagedFile<DeleteFile>>> deletes = new HashMap<>();
    private final List<String> written = new ArrayList<>();

    /** The positions of a file's rows that are meant, and the file's own columns. */
    private record Hit(BitSet rows, Schema schema) {}

    ErasedFiles(BaseTable table, RowMatch match) {
        this.table = table;
        this.match = match;
        this.prefix = table.location() + "/data/erased-" + UUID.randomUUID();
    }

    /** How many rows of a data file are meant. */
    long rows(DataFile file) {
        return hit(file).rows().cardinality();
    }

    private Hit hit(DataFile file) {
        return looked.computeIfAbsent(file.location(), location -> look(file));
    }

    private Hit look(DataFile file) {
        requireParquet(file.format());
        List<Types.NestedField> fields = new ArrayList<>(match.columns().columns());
        fields.add(MetadataColumns.ROW_POSITION);
        Schema columns = new Schema(fields);
        AtomicReference<Schema> own = new AtomicReference<>();
        BitSet rows = new BitSet();
        CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(file))
                .project(columns)
                .filter(match.filter())
                .createReaderFunc(message -> {
                    own.set(ParquetSchemaUtil.convert(message));
                    return GenericParquetReaders.buildReader(columns, message);
                })
                .build();
        forEach(records, row -> {
            if (match.test(row)) {
                rows.set(Math.toIntExact(row.get(fields.size() - 1, Long.class)));
            }
        });
        return new Hit(rows, rows.isEmpty() ? columns : Objects.requireNonNull(own.get()));
    }

    private void requireParquet(FileFormat format) {
        if (format != FileFormat.PARQUET) {
            throw foreign();
        }
    }

    private InvalidInputException foreign() {
        return new InvalidInputException("Cannot erase from table " + table.name()
                + ": it has files that another program wrote and that are not understood here (deletes by value, or not"
                + " Parquet); let that program rewrite the table, then run it again");
    }

    private <T> void forEach(CloseableIterable<T> rows, Consumer<? super T> action) {
        try (rows) {
            rows.forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read table " + table.name(), e);
        }
    }

    /** A data file without its rows that are meant; empty if it has no others. */
    Optional<StagedFile<DataFile>> without(DataFile file) {
        return data.computeIfAbsent(file.location(), location -> write(file, hit(file)));
    }

    private Optional<StagedFile<DataFile>> write(DataFile file, Hit hit) {
        if (hit.rows().cardinality() == file.recordCount()) {
            return Optional.empty();
        }
        TableSchema columns = Schemas.fromIceberg(hit.schema(), List.of());
        HashingOutputFile output = output();
        try {
            DataWriter<Record> writer = writer(file, hit.schema(), output);
            RowSum before = copy(file, hit, writer, new RowSum(columns));
            RowSum after = new RowSum(columns);
            forEach(
                    all(output.location(), hit.schema()),
                    row -> after.add(column -> Values.fromIceberg(row.get(column))));
            if (!after.equalsSum(before)
                    || before.rows() != file.recordCount() - hit.rows().cardinality()) {
                throw new IntegrityException("Cannot erase from table " + table.name()
                        + ": the rows that were written are not those that were read; nothing was changed");
            }
            return Optional.of(new StagedFile<>(writer.toDataFile(), output.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
    }

    private RowSum copy(DataFile file, Hit hit, DataWriter<Record> writer, RowSum sum) throws IOException {
        int[] position = {0};
        try (writer) {
            forEach(all(file.location(), hit.schema()), row -> {
                if (!hit.rows().get(position[0]++)) {
                    sum.add(column -> Values.fromIceberg(row.get(column)));
                    writer.write(row);
                }
            });
        }
        return sum;
    }

    private HashingOutputFile output() {
        String location = String.format("%s-%05d.parquet", prefix, written.size() + 1);
        written.add(location);
        return new HashingOutputFile(table.io().newOutputFile(location));
    }

    private CloseableIterable<Record> all(String location, Schema columns) {
        return Parquet.read(table.io().newInputFile(location))
                .project(columns)
                .createReaderFunc(message -> GenericParquetReaders.buildReader(columns, message))
                .build();
    }

    private DataWriter<Record> writer(DataFile file, Schema columns, HashingOutputFile output) throws IOException {
        Integer order = file.sortOrderId();
        return Parquet.writeData(output)
                .setAll(table.properties())
                .schema(columns)
                .metricsConfig(metrics(file, columns))
                .createWriterFunc(GenericParquetWriter::create)
                .withSpec(table.specs().get(file.specId()))
                .withPartition(file.partition())
                .withSortOrder(order == null ? null : table.sortOrders().get(order))
                .build();
    }

    /** What the manifests show of a column, they go on to show. */
    private static MetricsConfig metrics(DataFile file, Schema columns) {
        Map<String, String> modes = new HashMap<>();
        modes.put("write.metadata.metrics.default", "none");
        for (Types.NestedField column : columns.columns()) {
            boolean bounded = file.lowerBounds() != null && file.lowerBounds().containsKey(column.fieldId());
            boolean counted = file.valueCounts() != null && file.valueCounts().containsKey(column.fieldId());
            if (column.type().isPrimitiveType() && (bounded || counted)) {
                modes.put("write.metadata.metrics.column." + column.name(), bounded ? "truncate(16)" : "counts");
            }
        }
        return MetricsConfig.from(modes, columns, SortOrder.unsorted());
    }

    /** Whether a delete file names rows of files that are written anew. To be asked when all data files were looked at. */
    boolean isMoved(DeleteFile file) {
        if (file.content() != FileContent.POSITION_DELETES || file.format() != FileFormat.PARQUET) {
            throw foreign();
        }
        CharSequence only = ContentFileUtil.referencedDataFileLocation(file);
        if (only != null) {
            return isHit(only.toString());
        }
        boolean[] moved = {false};
        positions(file, (location, position) -> moved[0] |= isHit(location));
        return moved[0];
    }

    private boolean isHit(String location) {
        Hit hit = looked.get(location);
        return hit != null && !hit.rows().isEmpty();
    }

    private interface Positions {
        void accept(String location, long position);
    }

    private void positions(DeleteFile file, Positions taker) {
        forEach(
                all(file.location(), DeleteSchemaUtil.pathPosSchema()),
                row -> taker.accept(row.get(0).toString(), row.get(1, Long.class)));
    }

    /** A delete file that names the same rows where they are now; empty if all of them were meant. */
    Optional<StagedFile<DeleteFile>> moved(DeleteFile file) {
        return deletes.computeIfAbsent(file.location(), location -> write(file));
    }

    private record Position(String location, long row) {}

    private Optional<StagedFile<DeleteFile>> write(DeleteFile file) {
        List<Position> moved = new ArrayList<>();
        positions(file, (location, row) -> {
            Position now = moved(location, row);
            if (now != null) {
                moved.add(now);
            }
        });
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        moved.sort(Comparator.comparing(Position::location).thenComparing(Position::row));
        HashingOutputFile output = output();
        try {
            PositionDeleteWriter<Record> writer = Parquet.writeDeletes(output)
                    .setAll(table.properties())
                    .metricsConfig(MetricsConfig.forPositionDelete())
                    .withSpec(table.specs().get(file.specId()))
                    .withPartition(file.partition())
                    .buildPositionWriter();
            try (writer) {
                PositionDelete<Record> delete = PositionDelete.create();
                moved.forEach(position -> writer.write(delete.set(position.location(), position.row())));
            }
            return Optional.of(new StagedFile<>(writer.toDeleteFile(), output.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
    }

    /** Where a row is now; null if it is nowhere. */
    private @Nullable Position moved(String location, long row) {
        Hit hit = looked.get(location);
        if (hit == null || hit.rows().isEmpty()) {
            return new Position(location, row);
        }
        int at = Math.toIntExact(row);
        Optional<StagedFile<DataFile>> now = data.getOrDefault(location, Optional.empty());
        return hit.rows().get(at) || now.isEmpty()
                ? null
                : new Position(
                        now.get().file().location(), row - hit.rows().get(0, at).cardinality());
    }

    /** Removes every file that was written. */
    void discard() {
        written.forEach(location -> StagedFiles.delete(table.io(), location));
    }
}
