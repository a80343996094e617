package io.lakemesh.iceberg.columnar;

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

/** A Parquet file of which the column chunks are filled by others: its row groups and its footer. Not thread-safe. */
final class ChunkedFile implements AutoCloseable {
    private static final long GROUP_BYTES = 16L << 20;
    private static final long GROUP_ROWS = 1L << 20;
    private static final int NO_PADDING = 0;

    private final String location;
    private final Schema schema;
    private final ParquetFileWriter file;
    private final Compressor compressor = new Compressor();
    private final List<ColumnChunk> columns;
    private long groupRows;
    private long length;
    private boolean closed;

    ChunkedFile(OutputFile output, Schema schema) {
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

    private ColumnChunk chunk(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanChunk(column, compressor);
            case INT32, INT64 -> new WholeNumberChunk(column, compressor);
            case FLOAT, DOUBLE -> new FractionChunk(column, compressor);
            case BINARY -> new TextChunk(column, compressor);
            default -> throw new IllegalArgumentException("Cannot write by columns: " + column);
        };
    }

    /** The leaf columns, in the order of the schema. */
    List<ColumnChunk> columns() {
        return columns;
    }

    /** To be called when rows were added to all columns. */
    void added(int rows) {
        groupRows += rows;
        if (groupRows >= GROUP_ROWS || buffered() >= GROUP_BYTES) {
            endGroup();
        }
    }

    private long buffered() {
        long buffered = 0;
        for (ColumnChunk column : columns) {
            buffered += column.buffered();
        }
        return buffered;
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
    long length() {
        try {
            return closed ? length : file.getPos() + buffered();
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
            length = file.getPos();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Frees what is held, and leaves the file unfinished. */
    void abort() throws IOException {
        if (!closed) {
            closed = true;
            try (compressor) {
                file.close();
            }
        }
    }

    /** What Iceberg keeps about the closed file. */
    Metrics metrics(MetricsConfig config) {
        Stream<FieldMetrics<?>> more = columns.stream().flatMap(ColumnChunk::metrics);
        return ParquetUtil.footerMetrics(footer(), more, config);
    }

    /** Where the closed file's row groups start. */
    List<Long> splitOffsets() {
        return ParquetUtil.getSplitOffsets(footer());
    }

    private ParquetMetadata footer() {
        return file.getFooter();
    }

    private UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("Cannot write " + location, cause);
    }
}
