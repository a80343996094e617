package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that an upsert replaces, wherever they are, and writes them down as position deletes: one file for each data
 * file. Positions, unlike equality deletes, keep the table's row count exact, hold no values, and are read by every engine.
 *
 * <p>Keys are compared in passes over a share of them each, so that memory holds {@link #KEYS_IN_MEMORY} of them and one bit a
 * row.
 */
final class UpsertDeletes {
    static final long KEYS_IN_MEMORY = 1_000_000;

    private final Table base;
    private final IcebergStagedTable staged;
    private final long keysInMemory;
    private final Schema keys;
    private final int keySize;

    /**
     * Prepares the search.
     *
     * @param base the table before the upsert
     */
    UpsertDeletes(TableContract contract, Table base, IcebergStagedTable staged, long keysInMemory) {
        if (contract.schema().key().isEmpty()) {
            throw new InvalidInputException("Cannot upsert into table " + contract.table() + ": object "
                    + contract.object() + " of contract " + contract.contractId() + " has no primary key");
        }
        this.base = base;
        this.staged = staged;
        this.keysInMemory = keysInMemory;
        List<Types.NestedField> fields = new ArrayList<>();
        for (int id : IcebergStagedTable.keyIds(contract, staged.icebergSchema())) {
            fields.add(staged.icebergSchema().findField(id));
        }
        this.keys = new Schema(fields);
        this.keySize = fields.size();
    }

    List<StagedFile<DeleteFile>> write() {
        int passes = (int) (staged.rows() / keysInMemory) + 1;
        Map<String, BitSet> replaced = new HashMap<>();
        for (int pass = 0; pass < passes; pass++) {
            collect(stagedKeys(pass, passes), replaced);
        }
        List<StagedFile<DeleteFile>> files = new ArrayList<>();
        scan(task -> {
            BitSet rows = replaced.get(task.file().location());
            if (rows != null) {
                files.add(write(task.file(), rows));
            }
        });
        return files;
    }

    private Set<List<@Nullable Object>> stagedKeys(int pass, int passes) {
        Set<List<@Nullable Object>> found = new HashSet<>();
        for (StagedFile<DataFile> file : staged.files()) {
            CloseableIterable<Record> records = Parquet.read(base.io().newInputFile(file.file()))
                    .project(keys)
                    .createReaderFunc(message -> GenericParquetReaders.buildReader(keys, message))
                    .build();
            forEach(records, row -> {
                List<@Nullable Object> key = key(row);
                if (Math.floorMod(key.hashCode(), passes) == pass) {
                    found.add(key);
                }
            });
        }
        return found;
    }

    private List<@Nullable Object> key(Record row) {
        List<@Nullable Object> key = new ArrayList<>(keySize);
        for (int i = 0; i < keySize; i++) {
            key.add(Values.fromIceberg(row.get(i)));
        }
        return key;
    }

    private void collect(Set<List<@Nullable Object>> wanted, Map<String, BitSet> replaced) {
        List<Types.NestedField> fields = new ArrayList<>(keys.columns());
        fields.add(MetadataColumns.ROW_POSITION);
        RecordFiles files = new RecordFiles(base.io(), base.schema(), new Schema(fields));
        scan(task -> forEach(files.read(task), row -> {
            if (wanted.contains(key(row))) {
                long position = row.get(keySize, Long.class);
                replaced.computeIfAbsent(task.file().location(), location -> new BitSet())
                        .set(Math.toIntExact(position));
            }
        }));
    }

    private void scan(Consumer<FileScanTask> action) {
        forEach(base.newScan().project(keys).planFiles(), action);
    }

    private static <T> void forEach(CloseableIterable<T> rows, Consumer<? super T> action) {
        try (rows) {
            rows.forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the rows that an upsert may replace", e);
        }
    }

    private StagedFile<DeleteFile> write(DataFile data, BitSet rows) {
        HashingOutputFile output = new HashingOutputFile(
                base.io().newOutputFile(base.location() + "/data/" + UUID.randomUUID() + "-deletes.parquet"));
        try {
            PositionDeleteWriter<Record> writer = Parquet.writeDeletes(output)
                    .setAll(base.properties())
                    // with the data file's whole name, readers of other files need not open it
                    .metricsConfig(MetricsConfig.forPositionDelete())
                    .withSpec(base.specs().get(data.specId()))
                    .withPartition(data.partition())
                    .buildPositionWriter();
            try (writer) {
                PositionDelete<Record> delete = PositionDelete.create();
                rows.stream().forEach(row -> writer.write(delete.set(data.location(), row)));
            }
            return new StagedFile<>(writer.toDeleteFile(), output.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
    }
}
