package io.lakemesh.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The columns of a table, and which of them are its primary key.
 *
 * @param fields the columns in their order; names are unique without regard to case
 * @param key the primary key's column names in their order; empty for none
 */
public record TableSchema(List<Field> fields, List<String> key) {
    public TableSchema {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
    }

    /** The position of a column by its exact name. */
    public OptionalInt position(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public Field field(int position) {
        return fields.get(position);
    }

    public int size() {
        return fields.size();
    }

    /**
     * The columns of these names, in this order; the key where all of its columns are among them.
     *
     * @throws java.util.NoSuchElementException if there is no column of a name
     */
    public TableSchema select(List<String> names) {
        List<Field> selected =
                names.stream().map(name -> field(position(name).orElseThrow())).toList();
        return new TableSchema(selected, names.containsAll(key) ? key : List.of());
    }

    /** With ids in the order of the columns: for a table that is not there yet, so that its columns can be told apart. */
    public TableSchema numbered() {
        List<Field> numbered = IntStream.range(0, fields.size())
                .mapToObj(i -> new Field(
                        i + 1,
                        fields.get(i).name(),
                        fields.get(i).type(),
                        fields.get(i).required(),
                        fields.get(i).doc()))
                .toList();
        return new TableSchema(numbered, key);
    }

    /** Positions by exact name. */
    public Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).name(), i);
        }
        return positions;
    }
}
