package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** A Parquet file of an Iceberg table, written from batches. Not thread-safe. */
public final class ColumnarFile implements AutoCloseable {
    private static final long GROUP_BYTES = 16L << 20;
    private static final int NO_PADDING = 0;
    private static final long GROUP_ROWS = 1L << 20;

    private final String location;
    private final Schema schema;
    private final ParquetFileWriter file;
    private final Compressor compressor = new Compressor();
    private final List<ColumnChunk> columns;
    private long groupRows;
    private boolean closed;

    /**
     * Starts a file.
     *
     * @throws IllegalArgumentException if {@link #supports} does not hold for the schema
     */
    public ColumnarFile(OutputFile output, Schema schema) {
        if (!supports(schema)) {
            throw new IllegalArgumentException("Cannot write by columns: " + schema);
        }
        MessageType message = ParquetSchemaUtil.convert(schema, "table");
        this.location = output.location();
        this.schema = schema;
        this.columns = message.getColumns().stream().map(this::chunk).toList();
        try {
            this.file = new ParquetFileWriter(
                    new ParquetOutput(output),
                    message,
                    ParquetFileWriter.Mode.CREATE,
                    GROUP_BYTES,
                    NO_PADDING,
                    null,
                    ParquetProperties.builder().build());
            file.start();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whether every column is of a type that this class writes: boolean, int, long, float, double, date, time, timestamps, string. */
    public static boolean supports(Schema schema) {
        return schema.columns().stream().allMatch(field -> switch (field.type().typeId()) {
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP, STRING -> true;
            default -> false;
        });
    }

    private ColumnChunk chunk(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanChunk(column, compressor);
            case INT32, INT64 -> new WholeNumberChunk(column, compressor);
            case FLOAT, DOUBLE -> new FractionChunk(column, compressor);
            case BINARY -> new TextChunk(column, compressor);
            default -> throw new IllegalArgumentException("Cannot write by columns: " + column);
        };
    }

    /** Writes rows of a batch whose columns are the schema's: the first {@code count} of {@code selected}. */
    public void write(Batch batch, int[] selected, int count) {
        long buffered = 0;
        for (int i = 0; i < columns.size(); i++) {
            ColumnChunk column = columns.get(i);
            column.write(batch.column(i), selected, count);
            buffered += column.buffered();
        }
        groupRows += count;
        if (buffered >= GROUP_BYTES || groupRows >= GROUP_ROWS) {
            endGroup();
        }
    }

    private void endGroup() {
        try {
            file.startBlock(groupRows);
            for (ColumnChunk column : columns) {
                column.flush(file);
            }
            file.endBlock();
            groupRows = 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Bytes of the file so far; those that are still held back are estimated. */
    public long length() {
        try {
            return file.getPos()
                    + columns.stream().mapToLong(ColumnChunk::buffered).sum();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Ends the file. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (compressor;
                file) {
            if (groupRows > 0) {
                endGroup();
            }
            file.end(Map.of("iceberg.schema", SchemaParser.toJson(schema)));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What Iceberg keeps about the closed file. */
    public Metrics metrics(MetricsConfig config) {
        Stream<FieldMetrics<?>> more = columns.stream().flatMap(ColumnChunk::metrics);
        return ParquetUtil.footerMetrics(footer(), more, config);
    }

    /** Where the closed file's row groups start. */
    public List<Long> splitOffsets() {
        return ParquetUtil.getSplitOffsets(footer());
    }

    private ParquetMetadata footer() {
        return file.getFooter();
    }

    private UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("Cannot write " + location, cause);
    }
}
