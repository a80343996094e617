package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;

/**
 * Writes rows, in whatever order they come, to Parquet files of one partition each. At most {@link #MOST_OPEN} files are open:
 * the one that was not written to for longest is closed for the next. Not thread-safe.
 */
final class DataFileWriter {
    static final int MOST_OPEN = 16;
    private static final long TARGET_BYTES = 128L << 20;
    private static final int ROWS_BETWEEN_SIZE_CHECKS = 4096;

    private final FileIO io;
    private final Schema schema;
    private final PartitionSpec spec;
    private final PartitionKey key;
    private final Map<String, String> properties;
    private final MetricsConfig metrics;
    private final String prefix;
    private final Map<PartitionKey, OpenFile> open = new LinkedHashMap<>(MOST_OPEN * 2, 0.75f, true);
    private final List<StagedFile<DataFile>> files = new ArrayList<>();
    private int opened;

    /** Files are named {@code <prefix>-00001.parquet} and on. */
    DataFileWriter(Table table, FileIO io, String prefix) {
        this.io = io;
        this.schema = table.schema();
        this.spec = table.spec();
        this.key = new PartitionKey(spec, schema);
        this.properties = table.properties();
        this.metrics = MetricsConfig.forTable(table);
        this.prefix = prefix;
    }

    void write(BatchRow row) {
        OpenFile file = file(row);
        file.writer.write(row);
        if (++file.rows % ROWS_BETWEEN_SIZE_CHECKS == 0 && file.writer.length() >= TARGET_BYTES) {
            open.values().remove(file);
            finish(file);
        }
    }

    private OpenFile file(BatchRow row) {
        key.partition(row);
        OpenFile file = open.get(key);
        if (file == null) {
            makeRoom();
            PartitionKey partition = key.copy();
            file = open(partition);
            open.put(partition, file);
        }
        return file;
    }

    private void makeRoom() {
        if (open.size() >= MOST_OPEN) {
            var eldest = open.entrySet().iterator();
            OpenFile file = eldest.next().getValue();
            eldest.remove();
            finish(file);
        }
    }

    private OpenFile open(PartitionKey partition) {
        HashingOutputFile output =
                new HashingOutputFile(io.newOutputFile(String.format("%s-%05d.parquet", prefix, ++opened)));
        try {
            DataWriter<BatchRow> writer = Parquet.writeData(output)
                    .schema(schema)
                    .setAll(properties)
                    .metricsConfig(metrics)
                    .createWriterFunc(message -> BatchRowWriter.create(schema, message))
                    .withSpec(spec)
                    .withPartition(spec.isUnpartitioned() ? null : partition)
                    .build();
            return new OpenFile(writer, output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
    }

    private void finish(OpenFile file) {
        try {
            file.writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file.output.location(), e);
        }
        files.add(new StagedFile<>(file.writer.toDataFile(), file.output.sha256()));
    }

    /** Ends what is open. */
    List<StagedFile<DataFile>> finish() {
        open.values().forEach(this::finish);
        open.clear();
        return List.copyOf(files);
    }

    /** Removes every file. */
    void discard() {
        finish().forEach(file -> io.deleteFile(file.file().location()));
        files.clear();
    }

    private static final class OpenFile {
        private final DataWriter<BatchRow> writer;
        private final HashingOutputFile output;
        private long rows;

        OpenFile(DataWriter<BatchRow> writer, HashingOutputFile output) {
            this.writer = writer;
            this.output = output;
        }
    }
}
