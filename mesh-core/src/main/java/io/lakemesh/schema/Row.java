package io.lakemesh.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row, or a nested struct, at the public API: values by position or name. Immutable. {@link DataType} says which class each
 * type's values have.
 */
public record Row(List<String> names, List<@Nullable Object> values) {
    public Row {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("Invalid row: " + names.size() + " names, " + values.size() + " values");
        }
        names = List.copyOf(names);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /**
     * The value in a column.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable Object get(String name) {
        int position = names.indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException("Cannot find column " + name + " in " + names);
        }
        return values.get(position);
    }

    public @Nullable Object get(int position) {
        return values.get(position);
    }

    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }
}
