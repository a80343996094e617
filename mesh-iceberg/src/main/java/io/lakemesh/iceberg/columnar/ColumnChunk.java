package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import io.lakemesh.error.MeshException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;

/** One column of a row group in the making: its finished pages, compressed, and the page that is being filled. */
abstract class ColumnChunk {
    static final int PAGE_ROWS = 16 * Batch.CAPACITY;
    private static final int PAGE_BYTES = 1 << 20;

    private final ColumnDescriptor descriptor;
    private final Compressor compressor;
    private final boolean optional;
    private final List<Page> pages = new ArrayList<>();
    private final int[] levels;
    private final int[] present = new int[Batch.CAPACITY];
    private final PageBytes page = new PageBytes();
    private final PageBytes packed = new PageBytes();
    private Statistics<?> statistics;
    private int rows;
    private long chunkRows;
    private long buffered;
    private long nulls;

    private record Page(
            int rows, int uncompressed, BytesInput compressed, Statistics<?> statistics, Encoding encoding) {}

    ColumnChunk(ColumnDescriptor descriptor, Compressor compressor) {
        this.descriptor = descriptor;
        this.compressor = compressor;
        this.optional = descriptor.getMaxDefinitionLevel() > 0;
        this.levels = new int[optional ? PAGE_ROWS : 0];
        this.statistics = Statistics.createStats(descriptor.getPrimitiveType());
    }

    /** Adds values that are not null: those of the first {@code count} of {@code positions}. */
    abstract void add(Vector vector, int[] positions, int count);

    /** How many bytes the values of the page will take at most. */
    abstract int pageSize();

    /** Writes the values of the page and starts the next one. */
    abstract Encoding endValues(PageBytes out, Statistics<?> pageStatistics);

    /** Writes the dictionary that the chunk's pages refer to; gives its size, 0 for none. */
    abstract int writeDictionary(PageBytes out);

    /** Forgets the dictionary. */
    abstract void startChunk();

    /** What Parquet's footer doesn't say about the file's values so far. */
    Stream<FieldMetrics<?>> metrics(long nullsInFile) {
        return Stream.empty();
    }

    final Stream<FieldMetrics<?>> metrics() {
        return metrics(nulls);
    }

    final PrimitiveType type() {
        return descriptor.getPrimitiveType();
    }

    final void write(Vector vector, int[] selected, int count) {
        if (rows + count > PAGE_ROWS) {
            endPage();
        }
        if (optional) {
            add(vector, present, markNulls(vector, selected, count));
        } else {
            refuseNulls(vector, selected, count);
            add(vector, selected, count);
        }
        rows += count;
        if (pageSize() > PAGE_BYTES) {
            endPage();
        }
    }

    private void refuseNulls(Vector vector, int[] selected, int count) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(selected[i])) {
                throw new MeshException(
                        "Cannot write column " + type().getName() + ": it is required, and a row has no value in it");
            }
        }
    }

    private int markNulls(Vector vector, int[] selected, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int level = vector.isNull(selected[i]) ? 0 : 1;
            levels[rows + i] = level;
            present[found] = selected[i];
            found += level;
        }
        statistics.incrementNumNulls(count - found);
        nulls += count - found;
        return found;
    }

    private void endPage() {
        page.clear();
        if (optional) {
            packed.clear();
            Hybrid.encode(levels, rows, 1, packed);
            page.putInt(packed.size());
            page.putAll(packed);
        }
        Encoding encoding = endValues(page, statistics);
        byte[] compressed = compressor.compress(page);
        pages.add(new Page(rows, page.size(), BytesInput.from(compressed), statistics, encoding));
        buffered += compressed.length;
        chunkRows += rows;
        rows = 0;
        statistics = Statistics.createStats(type());
    }

    /** Bytes that are held back, about. */
    final long buffered() {
        return buffered + pageSize();
    }

    /** Writes the chunk and starts the next one. */
    final void flush(ParquetFileWriter file) throws IOException {
        if (rows > 0) {
            endPage();
        }
        file.startColumn(descriptor, chunkRows, CompressionCodecName.ZSTD);
        flushDictionary(file);
        for (Page finished : pages) {
            file.writeDataPage(
                    finished.rows,
                    finished.uncompressed,
                    finished.compressed,
                    finished.statistics,
                    finished.rows,
                    Encoding.RLE,
                    Encoding.RLE,
                    finished.encoding);
        }
        file.endColumn();
        pages.clear();
        buffered = 0;
        chunkRows = 0;
        startChunk();
    }

    private void flushDictionary(ParquetFileWriter file) throws IOException {
        page.clear();
        int size = writeDictionary(page);
        if (size > 0) {
            file.writeDictionaryPage(
                    new DictionaryPage(BytesInput.from(compressor.compress(page)), page.size(), size, Encoding.PLAIN));
        }
    }
}
