package io.lakemesh.iceberg;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.error.MeshException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DoubleFieldMetrics;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FloatFieldMetrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;

/** Writes rows of batches from their vectors, without an object for each row or number. */
final class BatchRowWriter implements ParquetValueWriter<BatchRow> {
    private final ColumnWriter[] columns;

    private BatchRowWriter(ColumnWriter[] columns) {
        this.columns = columns;
    }

    static BatchRowWriter create(Schema schema, MessageType message) {
        List<Types.NestedField> fields = schema.columns();
        ColumnWriter[] columns = new ColumnWriter[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnWriter.of(i, fields.get(i), message);
        }
        return new BatchRowWriter(columns);
    }

    @Override
    public void write(int repetitionLevel, BatchRow row) {
        for (ColumnWriter column : columns) {
            column.write(row);
        }
    }

    @Override
    public List<TripleWriter<?>> columns() {
        List<TripleWriter<?>> all = new ArrayList<>();
        for (ColumnWriter column : columns) {
            all.addAll(column.generic.columns());
        }
        return all;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        for (ColumnWriter column : columns) {
            column.generic.setColumnStore(store);
        }
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        return Stream.of(columns).flatMap(ColumnWriter::metrics);
    }

    /** Writes the values of one column of the table; here as objects, which suits every type. */
    private static class ColumnWriter {
        final int position;
        final ParquetValueWriter<Record> generic;
        private final Type type;
        private final Record record;

        ColumnWriter(int position, Types.NestedField field, ParquetValueWriter<Record> generic) {
            this.position = position;
            this.generic = generic;
            this.type = field.type();
            this.record = GenericRecord.create(Types.StructType.of(field));
        }

        static ColumnWriter of(int position, Types.NestedField field, MessageType message) {
            MessageType alone = new MessageType(message.getName(), message.getType(position));
            ParquetValueWriter<Record> generic = GenericParquetWriter.create(new Schema(field), alone);
            return switch (field.type().typeId()) {
                case BOOLEAN, INTEGER, LONG, DATE, TIME, TIMESTAMP -> new LongWriter(position, field, generic);
                case FLOAT, DOUBLE -> new DoubleWriter(position, field, generic);
                default -> new ColumnWriter(position, field, generic);
            };
        }

        @SuppressWarnings("NullAway") // Iceberg's interface is not annotated: null is a null
        void write(BatchRow row) {
            record.set(0, Values.toIceberg(row.value(position), type));
            generic.write(0, record);
        }

        /** A null in a required column would make a file that nobody can read. */
        final void writeNull(TripleWriter<?> out) {
            if (record.struct().fields().get(0).isRequired()) {
                throw new MeshException("Cannot write column "
                        + record.struct().fields().get(0).name() + ": it is required, and a row has no value in it");
            }
            out.writeNull(0, 0);
        }

        Stream<FieldMetrics<?>> metrics() {
            return generic.metrics();
        }
    }

    private static final class LongWriter extends ColumnWriter {
        private final TripleWriter<?> out;
        private final Type.TypeID kind;

        LongWriter(int position, Types.NestedField field, ParquetValueWriter<Record> generic) {
            super(position, field, generic);
            this.out = generic.columns().get(0);
            this.kind = field.type().typeId();
        }

        @Override
        void write(BatchRow row) {
            LongVector vector = (LongVector) row.batch().column(position);
            if (vector.isNull(row.row())) {
                writeNull(out);
                return;
            }
            long value = vector.value(row.row());
            switch (kind) {
                case BOOLEAN -> out.writeBoolean(0, value != 0);
                case INTEGER, DATE -> out.writeInteger(0, (int) value);
                default -> out.writeLong(0, value);
            }
        }
    }

    private static final class DoubleWriter extends ColumnWriter {
        private final TripleWriter<?> out;
        private final int id;
        private final boolean single;
        private final DoubleFieldMetrics.Builder doubles;
        private final FloatFieldMetrics.Builder floats;
        private long nulls;

        DoubleWriter(int position, Types.NestedField field, ParquetValueWriter<Record> generic) {
            super(position, field, generic);
            this.out = generic.columns().get(0);
            this.id = field.fieldId();
            this.single = field.type().typeId() == Type.TypeID.FLOAT;
            this.doubles = new DoubleFieldMetrics.Builder(id);
            this.floats = new FloatFieldMetrics.Builder(id);
        }

        @Override
        void write(BatchRow row) {
            Vector vector = row.batch().column(position);
            if (vector.isNull(row.row())) {
                writeNull(out);
                nulls++;
                return;
            }
            double value = ((DoubleVector) vector).value(row.row());
            if (single) {
                floats.addValue((float) value);
                out.writeFloat(0, (float) value);
            } else {
                doubles.addValue(value);
                out.writeDouble(0, value);
            }
        }

        @Override
        Stream<FieldMetrics<?>> metrics() {
            FieldMetrics<?> found = single ? floats.build() : doubles.build();
            return Stream.of(new FieldMetrics<>(
                    id,
                    found.valueCount() + nulls,
                    nulls,
                    found.nanValueCount(),
                    found.lowerBound(),
                    found.upperBound()));
        }
    }
}
