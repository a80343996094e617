package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.ValueCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row's values in some columns as one key: keys are equal if and only if the values are. Frequent strings are numbered, so that
 * keys stay short; keys of one encoder compare with each other only.
 */
final class KeyEncoder {
    private static final int MAX_NUMBERED = 4096;
    private static final int NEW = 0;

    private final List<String> columns;
    private final List<Map<String, Integer>> numbers = new ArrayList<>();
    private final ByteWriter key = new ByteWriter();
    private @Nullable TableSchema schema;
    private int[] positions = new int[0];

    KeyEncoder(List<String> columns) {
        this.columns = columns;
        columns.forEach(column -> numbers.add(new HashMap<>()));
    }

    /** Makes the key of a row, in {@link #bytes()}; false if a value is null: such rows have none. */
    boolean encode(Batch batch, int row) {
        if (!batch.schema().equals(schema)) {
            bind(batch.schema());
        }
        key.clear();
        for (int i = 0; i < positions.length; i++) {
            Vector column = batch.column(positions[i]);
            if (column.isNull(row)) {
                return false;
            }
            encode(column, row, numbers.get(i));
        }
        return true;
    }

    private void bind(TableSchema next) {
        schema = next;
        positions = columns.stream().mapToInt(column -> position(next, column)).toArray();
    }

    static int position(TableSchema schema, String column) {
        return schema.position(column)
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot check column " + column + ": the table has none of this name"));
    }

    private void encode(Vector column, int row, Map<String, Integer> known) {
        if (column instanceof LongVector longs) {
            key.putLong(longs.value(row));
        } else if (column instanceof DoubleVector doubles) {
            key.putFixed(NumberParser.bits(doubles.value(row)));
        } else if (column.get(row) instanceof String text) {
            encode(text, known);
        } else {
            ValueCodec.write(column.type(), column.get(row), key);
        }
    }

    private void encode(String text, Map<String, Integer> known) {
        Integer number = known.get(text);
        if (number == null && known.size() < MAX_NUMBERED) {
            number = known.size() + 1;
            known.put(text, number);
        }
        key.putLong(number == null ? NEW : number);
        if (number == null) {
            key.putText(text);
        }
    }

    byte[] bytes() {
        return key.bytes();
    }

    int length() {
        return key.length();
    }
}
