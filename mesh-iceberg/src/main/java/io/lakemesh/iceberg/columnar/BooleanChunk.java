package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/** Booleans: a bit each. */
final class BooleanChunk extends ColumnChunk {
    private final boolean[] values = new boolean[PAGE_ROWS];
    private int size;

    BooleanChunk(ColumnDescriptor descriptor, Compressor compressor) {
        super(descriptor, compressor);
    }

    @Override
    void add(Vector vector, int[] positions, int count) {
        LongVector longs = (LongVector) vector;
        for (int i = 0; i < count; i++) {
            values[size + i] = longs.value(positions[i]) != 0;
        }
        size += count;
    }

    @Override
    int pageSize() {
        return size / Byte.SIZE;
    }

    @Override
    Encoding endValues(PageBytes out, Statistics<?> pageStatistics) {
        out.reserve(size / Byte.SIZE + 1);
        int bits = 0;
        for (int i = 0; i < size; i++) {
            bits |= (values[i] ? 1 : 0) << i % Byte.SIZE;
            if (i % Byte.SIZE == Byte.SIZE - 1 || i == size - 1) {
                out.putByte(bits);
                bits = 0;
            }
            pageStatistics.updateStats(values[i]);
        }
        size = 0;
        return Encoding.PLAIN;
    }

    @Override
    int writeDictionary(PageBytes out) {
        return 0;
    }

    @Override
    void startChunk() {}
}
