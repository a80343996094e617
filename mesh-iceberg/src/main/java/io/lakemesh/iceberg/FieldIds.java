package io.lakemesh.iceberg;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new table's fields their ids: those that the same field has in the table's predecessor (an earlier major version),
 * otherwise ids that the predecessor never used.
 */
final class FieldIds {
    private final @Nullable Schema predecessor;
    private int last;

    FieldIds(@Nullable Schema predecessor, int lastUsed) {
        this.predecessor = predecessor;
        this.last = lastUsed;
    }

    /** The highest id so far. */
    int last() {
        return last;
    }

    TableSchema assign(TableSchema schema, List<ColumnContract> columns) {
        return new TableSchema(
                fields(
                        schema.fields(),
                        columns,
                        predecessor == null ? List.of() : predecessor.asStruct().fields()),
                schema.key());
    }

    private List<Field> fields(List<Field> fields, List<ColumnContract> columns, List<Types.NestedField> before) {
        List<Types.@Nullable NestedField> known = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Types.NestedField match = match(fields.get(i).name(), column(columns, i), before);
            known.add(match);
            ids.add(match == null ? ++last : match.fieldId());
        }
        List<Field> result = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Types.NestedField match = known.get(i);
            Field field = fields.get(i);
            DataType type = nested(field.type(), column(columns, i), match == null ? null : match.type());
            result.add(new Field(ids.get(i), field.name(), type, field.required(), field.doc()));
        }
        return result;
    }

    static @Nullable ColumnContract column(List<ColumnContract> columns, int position) {
        return position < columns.size() ? columns.get(position) : null;
    }

    /** The field of the same name, or else the one that the contract says was renamed to it. */
    static Types.@Nullable NestedField match(
            String name, @Nullable ColumnContract column, List<Types.NestedField> before) {
        Types.NestedField same = named(name, before);
        return same != null || column == null || column.renamedFrom() == null
                ? same
                : named(column.renamedFrom(), before);
    }

    private static Types.@Nullable NestedField named(String name, List<Types.NestedField> fields) {
        for (Types.NestedField field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    private DataType nested(DataType type, @Nullable ColumnContract column, @Nullable Type before) {
        List<ColumnContract> children = column == null ? List.of() : column.children();
        List<Types.NestedField> old = before == null
                        || before.isPrimitiveType()
                        || before.typeId() != Schemas.toIceberg(type).typeId()
                ? List.of()
                : before.asNestedType().fields();
        if (type instanceof DataType.Struct struct) {
            return new DataType.Struct(fields(struct.fields(), children, old));
        }
        if (type instanceof DataType.ListOf list) {
            return new DataType.ListOf(
                    fields(List.of(list.element()), children, old).get(0));
        }
        if (type instanceof DataType.MapOf map) {
            List<Field> parts = fields(List.of(map.key(), map.value()), children, old);
            return new DataType.MapOf(parts.get(0), parts.get(1));
        }
        return type;
    }
}
