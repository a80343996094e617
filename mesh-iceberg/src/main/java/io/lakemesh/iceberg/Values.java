package io.lakemesh.iceberg;

import io.lakemesh.schema.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Our values as those of Iceberg's generic records, and back: they differ in structs only. */
final class Values {
    private Values() {}

    static @Nullable Object toIceberg(@Nullable Object value, Type type) {
        if (value == null || type.isPrimitiveType()) {
            return value;
        }
        if (value instanceof Row row) {
            return toRecord(row, type.asStructType());
        }
        if (value instanceof List<?> list) {
            return mapped(list, type.asListType().elementType());
        }
        return mapped((Map<?, ?>) value, type.asMapType());
    }

    private static Record toRecord(Row row, Types.StructType type) {
        Record result = GenericRecord.create(type);
        List<Types.NestedField> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            result.set(i, toIceberg(row.get(i), fields.get(i).type()));
        }
        return result;
    }

    private static List<@Nullable Object> mapped(List<?> list, Type element) {
        List<@Nullable Object> result = new ArrayList<>(list.size());
        list.forEach(value -> result.add(toIceberg(value, element)));
        return result;
    }

    private static Map<@Nullable Object, @Nullable Object> mapped(Map<?, ?> map, Types.MapType type) {
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(toIceberg(key, type.keyType()), toIceberg(value, type.valueType())));
        return result;
    }

    static @Nullable Object fromIceberg(@Nullable Object value) {
        if (value instanceof Record inner) {
            return toRow(inner);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>(list.size());
            list.forEach(element -> result.add(fromIceberg(element)));
            return result;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            map.forEach((key, inner) -> result.put(fromIceberg(key), fromIceberg(inner)));
            return result;
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        return value instanceof ByteBuffer bytes ? bytes.asReadOnlyBuffer() : value;
    }

    private static Row toRow(Record inner) {
        List<Types.NestedField> fields = inner.struct().fields();
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            values.add(fromIceberg(inner.get(i)));
        }
        return new Row(fields.stream().map(Types.NestedField::name).toList(), values);
    }
}
