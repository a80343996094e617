package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads one field of a Parquet group as the Java class that {@link io.lakemesh.schema.DataType} names; groups become rows. */
sealed interface ParquetValues {
    /** The one value at an index of the field's values. */
    @Nullable
    Object at(Group group, int field, int index);

    /** The field's value: null where there is none. */
    default @Nullable Object read(Group group, int field) {
        return group.getFieldRepetitionCount(field) == 0 ? null : at(group, field, 0);
    }

    /**
     * How to read a field.
     *
     * @throws InvalidInputException if its type has no counterpart
     */
    static ParquetValues of(Type type) {
        ParquetValues one =
                type.isPrimitive() ? ParquetPrimitive.of(type.asPrimitiveType()) : group(type.asGroupType());
        return type.isRepetition(Type.Repetition.REPEATED) ? new Repeated(one) : one;
    }

    private static ParquetValues group(GroupType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof ListLogicalTypeAnnotation) {
            return list(type);
        }
        boolean isMap = meaning instanceof MapLogicalTypeAnnotation || meaning instanceof MapKeyValueTypeAnnotation;
        return isMap ? map(type) : struct(type);
    }

    private static Struct struct(GroupType type) {
        return new Struct(
                type.getFields().stream().map(Type::getName).toList(),
                type.getFields().stream().map(ParquetValues::of).toList());
    }

    /** Three levels, or two as older writers have it: the format's backward-compatibility rules. */
    private static ParquetValues list(GroupType type) {
        Type repeated = onlyField(type);
        boolean isElement = repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(type.getName() + "_tuple");
        if (isElement) {
            ParquetValues one = repeated.isPrimitive()
                    ? ParquetPrimitive.of(repeated.asPrimitiveType())
                    : group(repeated.asGroupType());
            return new Wrapped(new Repeated(one));
        }
        return new Wrapped(new Elements(of(repeated.asGroupType().getType(0))));
    }

    private static ParquetValues map(GroupType type) {
        Type repeated = onlyField(type);
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 2) {
            throw new InvalidInputException("Cannot read column " + Shown.name(type.getName())
                    + ": its map has no key and value in the Parquet schema");
        }
        GroupType entry = repeated.asGroupType();
        return new Wrapped(new Entries(of(entry.getType(0)), of(entry.getType(1))));
    }

    private static Type onlyField(GroupType type) {
        if (type.getFieldCount() != 1 || !type.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            throw new InvalidInputException("Cannot read column " + Shown.name(type.getName())
                    + ": its list or map has not the one repeated field that Parquet asks for");
        }
        return type.getType(0);
    }

    /** A repeated field as a list of its values. */
    record Repeated(ParquetValues one) implements ParquetValues {
        @Override
        public List<@Nullable Object> read(Group group, int field) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
                values.add(one.at(group, field, i));
            }
            return values;
        }

        @Override
        public @Nullable Object at(Group group, int field, int index) {
            return one.at(group, field, index);
        }
    }

    /** A list whose repeated group holds its element, which may be null. */
    record Elements(ParquetValues element) implements ParquetValues {
        @Override
        public List<@Nullable Object> read(Group group, int field) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
                values.add(at(group, field, i));
            }
            return values;
        }

        @Override
        public @Nullable Object at(Group group, int field, int index) {
            return element.read(group.getGroup(field, index), 0);
        }
    }

    /** A map's entries; of a key that comes twice, the last one counts. */
    record Entries(ParquetValues key, ParquetValues value) implements ParquetValues {
        @Override
        public Map<@Nullable Object, @Nullable Object> read(Group group, int field) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
                Group entry = group.getGroup(field, i);
                map.put(key.read(entry, 0), value.read(entry, 1));
            }
            return map;
        }

        @Override
        public Object at(Group group, int field, int index) {
            return read(group, field);
        }
    }

    /** The group around a list's or map's repeated field. */
    record Wrapped(ParquetValues repeated) implements ParquetValues {
        @Override
        public @Nullable Object at(Group group, int field, int index) {
            return repeated.read(group.getGroup(field, index), 0);
        }
    }

    /** A group of named fields. */
    record Struct(List<String> names, List<ParquetValues> fields) implements ParquetValues {
        @Override
        public Row at(Group group, int field, int index) {
            Group struct = group.getGroup(field, index);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                values.add(fields.get(i).read(struct, i));
            }
            return new Row(names, values);
        }
    }

    /** A value without parts. */
    non-sealed interface Primitive extends ParquetValues {}
}
