package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Whole numbers, dates and times of 32 or 64 bits. */
final class WholeNumberChunk extends CodedChunk {
    private final boolean isInt;
    private final long[] values = new long[PAGE_ROWS];
    private final LongDictionary dictionary = new LongDictionary();

    WholeNumberChunk(ColumnDescriptor descriptor, Compressor compressor) {
        super(descriptor, compressor);
        this.isInt = type().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
    }

    @Override
    void load(Vector vector, int[] positions, int count, int at) {
        LongVector longs = (LongVector) vector;
        for (int i = 0; i < count; i++) {
            values[at + i] = longs.value(positions[i]);
        }
    }

    /** Adds the value of a row that was started. */
    void put(long value) {
        level(0, 0);
        values[size()] = value;
        encode(1);
    }

    @Override
    int code(int index) {
        return dictionary.code(values[index]);
    }

    @Override
    int distinct() {
        return dictionary.size();
    }

    @Override
    void measure(Statistics<?> statistics, int count, int[] pageCodes, boolean ifCoded) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        if (count > 0) {
            update(statistics, min);
            update(statistics, max);
        }
    }

    private void update(Statistics<?> statistics, long value) {
        if (isInt) {
            statistics.updateStats((int) value);
        } else {
            statistics.updateStats(value);
        }
    }

    @Override
    void putPlain(PageBytes out, int count) {
        out.reserve(plainSize(count));
        for (int i = 0; i < count; i++) {
            put(out, values[i]);
        }
    }

    @Override
    void putDictionary(PageBytes out) {
        for (int code = 0; code < dictionary.size(); code++) {
            put(out, dictionary.value(code));
        }
    }

    private void put(PageBytes out, long value) {
        if (isInt) {
            out.putInt((int) value);
        } else {
            out.putLong(value);
        }
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
    }

    @Override
    int plainSize(int count) {
        return count * (isInt ? Integer.BYTES : Long.BYTES);
    }
}
