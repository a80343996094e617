package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, in whatever order they come, to Parquet files of one partition each. At most {@link #MOST_OPEN} files are open:
 * the one that was not written to for longest is closed for the next. Once rows come for a partition whose file was closed,
 * input has no order that suits: rows of partitions without an open file are held on the disk till the end, so that a partition
 * has two files, and not one a row. Not thread-safe.
 */
final class DataFileWriter {
    static final int MOST_OPEN = 16;
    private static final long TARGET_BYTES = 128L << 20;
    private static final long SPILL_BYTES = 16L << 20;
    private static final int[] EVERY_ROW = IntStream.range(0, Batch.CAPACITY).toArray();

    private final FileIO io;
    private final DataFileFormat format;
    private final boolean partitioned;
    private final PartitionKey key;
    private final String prefix;
    private final Map<PartitionKey, Target> open = new LinkedHashMap<>(MOST_OPEN * 2, 0.75f, true);
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private final List<String> locations = new ArrayList<>();
    private final Set<PartitionKey> closed = new HashSet<>();
    private @Nullable PartitionSpill spill;
    private @Nullable BatchRow row;

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
            add(batch, selected[i]);
        }
        open.values().forEach(target -> target.flush(batch));
    }

    /** Puts a row where the rows of the current key go. */
    private void add(Batch batch, int position) {
        if (spill == null && closed.contains(key)) {
            spill = new PartitionSpill(batch.schema(), SPILL_BYTES);
        }
        Target target = open.get(key);
        if (target == null && spill != null) {
            spill.add(key, batch, position);
        } else {
            target(batch).add(position);
        }
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
            Map.Entry<PartitionKey, Target> least = eldest.next();
            Target target = least.getValue();
            target.flush(batch);
            files.add(target.file.finish());
            closed.add(least.getKey());
            eldest.remove();
        }
    }

    private Target open(PartitionKey partition) {
        String location = String.format("%s-%05d.parquet", prefix, locations.size() + 1);
        locations.add(location);
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
        finishOpen();
        if (spill != null) {
            spill.drain(this::write);
            finishOpen();
            closeSpill();
        }
        return List.copyOf(files);
    }

    private void finishOpen() {
        open.values().forEach(target -> files.add(target.file.finish()));
        open.clear();
    }

    private void write(PartitionKey partition, Batch batch) {
        if (!open.containsKey(partition)) {
            finishOpen();
        }
        open.computeIfAbsent(partition, this::open).file.write(batch, EVERY_ROW, batch.size());
        closeLargest();
    }

    private void closeSpill() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
    }

    /** Ends what is open without a file. */
    void abort() {
        StagedFiles.abort(this::closeSpill);
        open.values().forEach(target -> StagedFiles.abort(target.file::abort));
        open.clear();
    }

    /** Removes every file. */
    void discard() {
        abort();
        StagedFiles.delete(io, locations);
        locations.clear();
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
