package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Batch;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.OutputFile;

/** A Parquet file of an Iceberg table, written from batches. Not thread-safe. */
public final class ColumnarFile implements AutoCloseable {
    private final ChunkedFile file;

    /**
     * Starts a file.
     *
     * @throws IllegalArgumentException if {@link #supports} does not hold for the schema
     */
    public ColumnarFile(OutputFile output, Schema schema) {
        if (!supports(schema)) {
            throw new IllegalArgumentException("Cannot write by columns: " + schema);
        }
        this.file = new ChunkedFile(output, schema);
    }

    /** Whether every column is of a type that this class writes: boolean, int, long, float, double, date, time, timestamps, string. */
    public static boolean supports(Schema schema) {
        return schema.columns().stream().allMatch(field -> switch (field.type().typeId()) {
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP, STRING -> true;
            default -> false;
        });
    }

    /** Writes rows of a batch whose columns are the schema's: the first {@code count} of {@code selected}. */
    public void write(Batch batch, int[] selected, int count) {
        List<ColumnChunk> columns = file.columns();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).write(batch.column(i), selected, count);
        }
        file.added(count);
    }

    /** Bytes of the file so far; those that are still held back are estimated. */
    public long length() {
        return file.length();
    }

    /** Ends the file. */
    @Override
    public void close() {
        file.close();
    }

    /** Frees what is held, and leaves the file unfinished. */
    public void abort() throws IOException {
        file.abort();
    }

    /** What Iceberg keeps about the closed file. */
    public Metrics metrics(MetricsConfig config) {
        return file.metrics(config);
    }

    /** Where the closed file's row groups start. */
    public List<Long> splitOffsets() {
        return file.splitOffsets();
    }
}
