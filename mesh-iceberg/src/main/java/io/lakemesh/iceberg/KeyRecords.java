package io.lakemesh.iceberg;

import io.lakemesh.iceberg.columnar.QuarantineFile;
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Rows that were set aside and whose raw record has the key's values: under any name that input may have for the column, as the
 * same text but for blanks around it, or as another text of the same value.
 */
final class KeyRecords implements RowMatch {
    private static final Schema RECORD = new Schema(QuarantineFile.SCHEMA.findField("record"));

    private final List<Part> parts = new ArrayList<>();

    private record Part(Set<String> names, Set<String> texts, List<DataType> types) {}

    /**
     * Makes the match.
     *
     * @param typed the columns of the table that the rows were meant for, if there is one that has them
     */
    KeyRecords(ErasureOrder order, Optional<KeyColumns> typed) {
        int column = 0;
        for (Map.Entry<String, Set<String>> entry : order.key().entrySet()) {
            int at = column++;
            parts.add(new Part(
                    order.sourceNames().getOrDefault(entry.getKey(), Set.of(entry.getKey())),
                    entry.getValue().stream().map(String::strip).collect(Collectors.toSet()),
                    typed.map(columns -> columns.types(at)).orElse(List.of())));
        }
    }

    @Override
    public Schema columns() {
        return RECORD;
    }

    @Override
    public Expression filter() {
        return Expressions.alwaysTrue();
    }

    @Override
    public boolean test(Record row) {
        return row.get(0) instanceof Map<?, ?> record && parts.stream().allMatch(part -> isIn(record, part));
    }

    private static boolean isIn(Map<?, ?> record, Part part) {
        return record.entrySet().stream()
                .anyMatch(entry -> part.names().stream().anyMatch(String.valueOf(entry.getKey())::equalsIgnoreCase)
                        && isSame(String.valueOf(entry.getValue()).strip(), part));
    }

    private static boolean isSame(String found, Part part) {
        return part.texts().contains(found)
                || part.types().stream().anyMatch(type -> {
                    Object value = KeyColumns.value(found, type);
                    return part.texts().stream().anyMatch(text -> KeyColumns.same(KeyColumns.value(text, type), value));
                });
    }
}
