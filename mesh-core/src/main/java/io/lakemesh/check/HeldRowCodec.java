package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.spill.ByteReader;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.ValueCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Held rows as bytes: the file, the raw record, then the values. Names are numbered, as they come again with each row. */
final class HeldRowCodec {
    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private final Names names = new Names();
    private final ByteWriter out = new ByteWriter();

    /** A row's bytes, valid until the next call. */
    ByteWriter write(String file, Map<String, String> record, Batch batch, int row) {
        out.clear();
        out.putLong(names.number(file));
        out.putLong(record.size());
        record.forEach((name, value) -> {
            out.putLong(names.number(name));
            out.putText(value);
        });
        for (int i = 0; i < batch.schema().size(); i++) {
            write(batch.column(i), row);
        }
        return out;
    }

    private void write(Vector column, int row) {
        out.putByte(column.isNull(row) ? NULL : PRESENT);
        if (column.isNull(row)) {
            return;
        }
        if (column instanceof LongVector longs) {
            out.putLong(longs.value(row));
        } else if (column instanceof DoubleVector doubles) {
            out.putFixed(Double.doubleToRawLongBits(doubles.value(row)));
        } else {
            ValueCodec.write(column.type(), column.get(row), out);
        }
    }

    QuarantinedRow readQuarantined(ByteReader in, long line, List<Reason> reasons) {
        String file = names.name(in.readLong());
        Map<String, String> record = new LinkedHashMap<>();
        for (long left = in.readLong(); left > 0; left--) {
            record.put(names.name(in.readLong()), in.readText());
        }
        return new QuarantinedRow(file, line, record, reasons);
    }

    void readInto(ByteReader in, Batch batch, int row) {
        in.readLong();
        for (long left = in.readLong(); left > 0; left--) {
            in.readLong();
            in.skip((int) in.readLong());
        }
        for (int i = 0; i < batch.schema().size(); i++) {
            read(in, batch.column(i), row);
        }
    }

    private static void read(ByteReader in, Vector column, int row) {
        if (in.readByte() == NULL) {
            column.setNull(row);
        } else if (column instanceof LongVector longs) {
            longs.setValue(row, in.readLong());
        } else if (column instanceof DoubleVector doubles) {
            doubles.setValue(row, Double.longBitsToDouble(in.readFixed()));
        } else {
            column.set(row, ValueCodec.read(column.type(), in));
        }
    }

    /** Numbers for names. */
    private static final class Names {
        private final Map<String, Long> numbers = new LinkedHashMap<>();
        private final List<String> names = new java.util.ArrayList<>();

        long number(String name) {
            return numbers.computeIfAbsent(name, added -> {
                names.add(added);
                return names.size() - 1L;
            });
        }

        String name(long number) {
            return names.get((int) number);
        }
    }
}
