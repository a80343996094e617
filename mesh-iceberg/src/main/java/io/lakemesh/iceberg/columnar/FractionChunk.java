package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.Vector;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Floating-point numbers of 32 or 64 bits, by their bits. */
final class FractionChunk extends CodedChunk {
    private final boolean isFloat;
    private final double[] values = new double[PAGE_ROWS];
    private final LongDictionary dictionary = new LongDictionary();
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private long numbers;
    private long nans;

    FractionChunk(ColumnDescriptor descriptor, Compressor compressor) {
        super(descriptor, compressor);
        this.isFloat = type().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    }

    @Override
    void load(Vector vector, int[] positions, int count, int at) {
        DoubleVector doubles = (DoubleVector) vector;
        for (int i = 0; i < count; i++) {
            values[at + i] = doubles.value(positions[i]);
        }
    }

    @Override
    int code(int index) {
        return dictionary.code(Double.doubleToRawLongBits(values[index]));
    }

    @Override
    int distinct() {
        return dictionary.size();
    }

    @Override
    void measure(Statistics<?> statistics, int count, int[] pageCodes, boolean ifCoded) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        int found = 0;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            if (!Double.isNaN(value)) {
                found++;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        if (found > 0) {
            update(statistics, min);
            update(statistics, max);
        }
        if (found < count) {
            // a page's bounds are void where one of its values is not a number
            update(statistics, Double.NaN);
        }
        smallest = Math.min(smallest, min);
        largest = Math.max(largest, max);
        numbers += found;
        nans += count - found;
    }

    private void update(Statistics<?> statistics, double value) {
        if (isFloat) {
            statistics.updateStats((float) value);
        } else {
            statistics.updateStats(value);
        }
    }

    /** What a footer can't say: how many are not a number, and the bounds of the others. */
    @Override
    Stream<FieldMetrics<?>> metrics(long nulls) {
        int id = type().getId().intValue();
        long all = numbers + nans + nulls;
        if (numbers == 0) {
            return Stream.of(new FieldMetrics<>(id, all, nulls, nans));
        }
        return Stream.of(
                isFloat
                        ? new FieldMetrics<>(id, all, nulls, nans, (float) smallest, (float) largest)
                        : new FieldMetrics<>(id, all, nulls, nans, smallest, largest));
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
            put(out, Double.longBitsToDouble(dictionary.value(code)));
        }
    }

    private void put(PageBytes out, double value) {
        if (isFloat) {
            out.putInt(Float.floatToRawIntBits((float) value));
        } else {
            out.putLong(Double.doubleToRawLongBits(value));
        }
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
    }

    @Override
    int plainSize(int count) {
        return count * (isFloat ? Float.BYTES : Double.BYTES);
    }
}
