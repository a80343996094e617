package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * Values by dictionary while that pays, else plain. A column that went plain stays so for the rest of the file; the pages before
 * keep their codes.
 */
abstract class CodedChunk extends ColumnChunk {
    private static final int CODE_BYTES = 2;

    private int[] codes = new int[PAGE_ROWS];
    private int size;
    private boolean plain;
    private boolean dictionaryUsed;

    CodedChunk(ColumnDescriptor descriptor, Compressor compressor) {
        super(descriptor, compressor);
    }

    /** Puts the values at {@code positions} of the vector into the page from index {@code at} on. */
    abstract void load(Vector vector, int[] positions, int count, int at);

    /** The dictionary's code of the page's value at an index; -1 if the dictionary has no room for it. */
    abstract int code(int index);

    /** The dictionary's entries. */
    abstract int distinct();

    /** Brings in what the page's values are; {@code pageCodes} only {@code ifCoded}. */
    abstract void measure(Statistics<?> statistics, int count, int[] pageCodes, boolean ifCoded);

    abstract void putPlain(PageBytes out, int count);

    abstract void putDictionary(PageBytes out);

    abstract void clearDictionary();

    /** The size of the page's values when they are written plain, about. */
    abstract int plainSize(int count);

    @Override
    final void add(Vector vector, int[] positions, int count) {
        load(vector, positions, count, size);
        encode(count);
    }

    /** The index in the page of the value that comes next. */
    final int size() {
        return size;
    }

    /** Takes in values that were put into the page from {@link #size} on. */
    final void encode(int count) {
        codes = grown(codes, size + count);
        for (int i = size; i < size + count && !plain; i++) {
            codes[i] = code(i);
            plain = codes[i] < 0;
        }
        size += count;
    }

    @Override
    final int pageSize() {
        return plain ? plainSize(size) : CODE_BYTES * size;
    }

    @Override
    final Encoding endValues(PageBytes out, Statistics<?> pageStatistics) {
        plain |= !dictionaryUsed && 2 * distinct() > size;
        boolean coded = !plain && size > 0;
        measure(pageStatistics, size, codes, coded);
        if (coded) {
            putCodes(out);
        } else {
            putPlain(out, size);
        }
        size = 0;
        return coded ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
    }

    private void putCodes(PageBytes out) {
        int bitWidth = Hybrid.bitWidth(distinct() - 1);
        out.putByte(bitWidth);
        Hybrid.encode(codes, size, bitWidth, out);
        dictionaryUsed = true;
    }

    @Override
    final int writeDictionary(PageBytes out) {
        if (!dictionaryUsed) {
            return 0;
        }
        putDictionary(out);
        return distinct();
    }

    @Override
    final void startChunk() {
        dictionaryUsed = false;
        clearDictionary();
    }
}
