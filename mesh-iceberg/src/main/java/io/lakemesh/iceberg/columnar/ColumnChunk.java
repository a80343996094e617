package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import io.lakemesh.error.MeshException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The page of a chunk that is compressed at both levels; chunks of one page are not worth it. */
    private static final int TRIAL = 1;

    private final ColumnDescriptor descriptor;
    private final Compressor compressor;
    private final int maxDefinition;
    private final int maxRepetition;
    private final List<Page> pages = new ArrayList<>();
    private final int[] present = new int[Batch.CAPACITY];
    private final PageBytes page = new PageBytes();
    private final PageBytes packed = new PageBytes();
    private int[] definitions;
    private int[] repetitions;
    private Statistics<?> statistics;
    private int compression = Compressor.DENSE;
    private int rows;
    private int entries;
    private long chunkEntries;
    private long buffered;
    private long nulls;

    private record Page(
            int rows,
            int entries,
            int uncompressed,
            BytesInput compressed,
            Statistics<?> statistics,
            Encoding encoding) {}

    ColumnChunk(ColumnDescriptor descriptor, Compressor compressor) {
        this.descriptor = descriptor;
        this.compressor = compressor;
        this.maxDefinition = descriptor.getMaxDefinitionLevel();
        this.maxRepetition = descriptor.getMaxRepetitionLevel();
        this.definitions = new int[maxDefinition > 0 ? PAGE_ROWS : 0];
        this.repetitions = new int[maxRepetition > 0 ? PAGE_ROWS : 0];
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

    /** Writes rows of a column that is not nested. */
    final void write(Vector vector, int[] selected, int count) {
        if (entries + count > PAGE_ROWS) {
            endPage();
        }
        if (maxDefinition > 0) {
            add(vector, present, markNulls(vector, selected, count));
        } else {
            refuseNulls(vector, selected, count);
            add(vector, selected, count);
        }
        entries += count;
        rows += count;
        endLargePage();
    }

    private void endLargePage() {
        if (pageSize() > PAGE_BYTES) {
            endPage();
        }
    }

    /** Starts a row of so many entries, for columns that are written entry by entry; {@link #level} adds each of them. */
    final void startRow(int count) {
        endLargePage();
        if (entries > 0 && entries + count > PAGE_ROWS) {
            endPage();
        }
        if (maxDefinition > 0) {
            definitions = grown(definitions, entries + count);
        }
        if (maxRepetition > 0) {
            repetitions = grown(repetitions, entries + count);
        }
        rows++;
    }

    static int[] grown(int[] array, int size) {
        return array.length < size ? Arrays.copyOf(array, Math.max(size, 2 * array.length)) : array;
    }

    /** Adds an entry of the row; its value, if it has one, comes with the subclass. */
    final void level(int repetition, int definition) {
        if (maxRepetition > 0) {
            repetitions[entries] = repetition;
        }
        if (maxDefinition > 0) {
            definitions[entries] = definition;
        }
        if (definition < maxDefinition) {
            statistics.incrementNumNulls();
            nulls++;
        }
        entries++;
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
            definitions[entries + i] = level;
            present[found] = selected[i];
            found += level;
        }
        statistics.incrementNumNulls(count - found);
        nulls += count - found;
        return found;
    }

    private void endPage() {
        page.clear();
        putLevels(repetitions, maxRepetition);
        putLevels(definitions, maxDefinition);
        Encoding encoding = endValues(page, statistics);
        byte[] compressed = pages.size() == TRIAL ? compressAtBest() : compressor.compress(page, compression);
        pages.add(new Page(rows, entries, page.size(), BytesInput.from(compressed), statistics, encoding));
        buffered += compressed.length;
        chunkEntries += entries;
        rows = 0;
        entries = 0;
        statistics = Statistics.createStats(type());
    }

    /** Keeps to the level that makes the smaller page, the fast one if they are equal. What looks random, the other one often makes larger. */
    private byte[] compressAtBest() {
        byte[] fast = compressor.compress(page, Compressor.FAST);
        byte[] dense = compressor.compress(page, Compressor.DENSE);
        boolean smaller = dense.length < fast.length;
        compression = smaller ? Compressor.DENSE : Compressor.FAST;
        return smaller ? dense : fast;
    }

    private void putLevels(int[] levels, int max) {
        if (max > 0) {
            packed.clear();
            Hybrid.encode(levels, entries, Hybrid.bitWidth(max), packed);
            page.putInt(packed.size());
            page.putAll(packed);
        }
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
        file.startColumn(descriptor, chunkEntries, CompressionCodecName.ZSTD);
        flushDictionary(file);
        for (Page finished : pages) {
            file.writeDataPage(
                    finished.entries,
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
        chunkEntries = 0;
        startChunk();
    }

    private void flushDictionary(ParquetFileWriter file) throws IOException {
        page.clear();
        int size = writeDictionary(page);
        if (size > 0) {
            file.writeDictionaryPage(new DictionaryPage(
                    BytesInput.from(compressor.compress(page, Compressor.DENSE)), page.size(), size, Encoding.PLAIN));
        }
    }
}
