package io.lakemesh.check;

import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conforms the parts of a struct, list or map; each part by its own contract, at its own path. */
abstract class NestedConformer {
    /** For a column whose type is nested. */
    static NestedConformer of(ColumnContract column, String path) {
        List<ColumnContract> children = column.children();
        if (column.type() instanceof DataType.Struct) {
            return new OfStruct(children, path);
        }
        return column.type() instanceof DataType.ListOf
                ? new OfList(new Part(children.get(0), path + "[]"))
                : new OfMap(new Part(children.get(0), path + ".key"), new Part(children.get(1), path + ".value"));
    }

    /** Puts the conformed value into the cell, and what is wrong with its parts; false if it is not of the type at all. */
    abstract boolean conform(Object value, Cell out);

    private static final class OfStruct extends NestedConformer {
        private final List<ColumnContract> fields;
        private final List<String> names;
        private final List<Part> parts;

        OfStruct(List<ColumnContract> fields, String path) {
            this.fields = fields;
            this.names = fields.stream().map(ColumnContract::name).toList();
            this.parts = fields.stream()
                    .map(field -> new Part(field, path + "." + field.name()))
                    .toList();
        }

        @Override
        boolean conform(Object value, Cell out) {
            Map<?, ?> given = value instanceof Row row ? row.asMap() : value instanceof Map<?, ?> map ? map : null;
            if (given == null) {
                return false;
            }
            List<@Nullable Object> values = new ArrayList<>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                values.add(parts.get(i).conform(find(given, fields.get(i)), out));
            }
            out.setObject(new Row(names, values));
            return true;
        }

        private static @Nullable Object find(Map<?, ?> given, ColumnContract field) {
            Object value = given.get(field.sourceName());
            return value == null ? given.get(field.name()) : value;
        }
    }

    private static final class OfList extends NestedConformer {
        private final Part element;

        OfList(Part element) {
            this.element = element;
        }

        @Override
        boolean conform(Object value, Cell out) {
            Collection<?> given = value instanceof Object[] array
                    ? Arrays.asList(array)
                    : value instanceof Collection<?> collection ? collection : null;
            if (given == null) {
                return false;
            }
            List<@Nullable Object> items = new ArrayList<>(given.size());
            given.forEach(item -> items.add(element.conform(item, out)));
            out.setObject(Collections.unmodifiableList(items));
            return true;
        }
    }

    private static final class OfMap extends NestedConformer {
        private final Part key;
        private final Part value;

        OfMap(Part key, Part value) {
            this.key = key;
            this.value = value;
        }

        @Override
        boolean conform(Object given, Cell out) {
            if (!(given instanceof Map<?, ?> entries)) {
                return false;
            }
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                Object conformed = key.conform(entry.getKey(), out);
                Object mapped = value.conform(entry.getValue(), out);
                if (conformed != null && map.containsKey(conformed)) {
                    return false;
                }
                if (conformed != null) {
                    map.put(conformed, mapped);
                }
            }
            out.setObject(Collections.unmodifiableMap(map));
            return true;
        }
    }

    /** A part of a nested value. */
    private static final class Part {
        private final CellConformer conformer;
        private final Vector box;
        private final Cell cell = new Cell();

        Part(ColumnContract column, String path) {
            this.conformer = new CellConformer(column, path);
            this.box = Vector.of(column.type(), 1);
        }

        @Nullable
        Object conform(@Nullable Object value, Cell whole) {
            conformer.conformValue(value, cell);
            cell.reasons().stream()
                    .filter(reason -> !whole.reasons().contains(reason))
                    .forEach(whole::fail);
            cell.store(box, 0);
            return box.get(0);
        }
    }
}
