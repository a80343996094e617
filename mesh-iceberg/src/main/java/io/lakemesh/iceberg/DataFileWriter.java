package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, in whatever order they come, to Parquet files of one partition each. At most {@link #MOST_OPEN} files are open:
 * the one that was not written to for longest is closed for the next. Not thread-safe.
 */
final class DataFileWriter {
    static final int MOST_OPEN = 16;
    private static final long TARGET_BYTES = 128L << 20;

    private final FileIO io;
    private final DataFileFormat format;
    private final boolean partitioned;
    private final PartitionKey key;
    private final String prefix;
    private final Map<PartitionKey, Target> open = new LinkedHashMap<>(MOST_OPEN * 2, 0.75f, true);
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private @Nullable BatchRow row;
    private int opened;

    /** Files are named {@code <prefix>-00001.parquet} and on. */
    DataFileWriter(Table table, FileIO io, String prefix) {
        this.io = io;
        this.format = new DataFileFormat(table);
        this.partitioned = table.spec().isPartitioned();
        this.key = new PartitionKey(table.spec(), table.schema());
        this.prefix = prefix;
    }

    void write(Batch batch, int[] selected, int count) {
        if (!partitioned) {
            target(batch).file.write(batch, selected, count);
        } else {
            distribute(batch, selected, count);
        }
        closeLargest();
    }

    private void distribute(Batch batch, int[] selected, int count) {
        BatchRow at = row == null ? new BatchRow(batch) : row;
        row = at;
        for (int i = 0; i < count; i++) {
            key.partition(at.at(batch, selected[i]));
            target(batch).add(selected[i]);
        }
        open.values().forEach(target -> target.flush(batch));
    }

    /** The file of the current key. */
    private Target target(Batch batch) {
        Target target = open.get(key);
        if (target == null) {
            makeRoom(batch);
            PartitionKey partition = key.copy();
            target = open(partition);
            open.put(partition, target);
        }
        return target;
    }

    private void makeRoom(Batch batch) {
        if (open.size() >= MOST_OPEN) {
            var eldest = open.entrySet().iterator();
            Target target = eldest.next().getValue();
            eldest.remove();
            target.flush(batch);
            files.add(target.file.finish());
        }
    }

    private Target open(PartitionKey partition) {
        String location = String.format("%s-%05d.parquet", prefix, ++opened);
        return new Target(format.open(new HashingOutputFile(io.newOutputFile(location)), partition));
    }

    private void closeLargest() {
        open.values().removeIf(target -> {
            boolean large = target.file.length() >= TARGET_BYTES;
            if (large) {
                files.add(target.file.finish());
            }
            return large;
        });
    }

    /** Ends what is open. */
    List<StagedFile<DataFile>> finish() {
        open.values().forEach(target -> files.add(target.file.finish()));
        open.clear();
        return List.copyOf(files);
    }

    /** Removes every file. */
    void discard() {
        finish().forEach(file -> io.deleteFile(file.file().location()));
        files.clear();
    }

    /** An open file and the rows of the current batch that go there. */
    private static final class Target {
        private final OpenDataFile file;
        private final int[] rows = new int[Batch.CAPACITY];
        private int count;

        Target(OpenDataFile file) {
            this.file = file;
        }

        void add(int position) {
            rows[count++] = position;
        }

        void flush(Batch batch) {
            file.write(batch, rows, count);
            count = 0;
        }
    }
}
