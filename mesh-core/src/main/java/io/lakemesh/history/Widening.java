package io.lakemesh.history;

import io.lakemesh.contract.TypePromotion;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;

/** Reads a table's version with the wider types that another version has, so that the same value is equal in both. */
final class Widening {
    private Widening() {}

    static TableVersion of(TableVersion version, TableSchema other) {
        TableSchema schema = version.schema();
        return version.withSchema(new TableSchema(fields(schema.fields(), other.fields()), schema.key()));
    }

    private static List<Field> fields(List<Field> fields, List<Field> others) {
        return fields.stream()
                .map(field -> others.stream()
                        .filter(other -> other.id() == field.id())
                        .findFirst()
                        .map(other -> field(field, other))
                        .orElse(field))
                .toList();
    }

    private static Field field(Field field, Field other) {
        return new Field(field.id(), field.name(), type(field.type(), other.type()), field.required(), field.doc());
    }

    private static DataType type(DataType type, DataType other) {
        if (TypePromotion.isAllowed(type, other)) {
            return other;
        }
        if (type instanceof DataType.Struct one && other instanceof DataType.Struct two) {
            return new DataType.Struct(fields(one.fields(), two.fields()));
        }
        if (type instanceof DataType.ListOf one && other instanceof DataType.ListOf two) {
            return new DataType.ListOf(field(one.element(), two.element()));
        }
        return type instanceof DataType.MapOf one && other instanceof DataType.MapOf two
                ? new DataType.MapOf(field(one.key(), two.key()), field(one.value(), two.value()))
                : type;
    }
}
