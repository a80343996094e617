package io.lakemesh.iceberg;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Our types as Iceberg's, and back. */
final class Schemas {
    private Schemas() {}

    /** A schema with the ids that the fields carry; key columns become identifier fields where Iceberg allows it. */
    static Schema toIceberg(TableSchema schema) {
        List<Types.NestedField> fields =
                schema.fields().stream().map(Schemas::toIceberg).toList();
        return new Schema(fields, identifiers(schema));
    }

    private static Set<Integer> identifiers(TableSchema schema) {
        return hasIdentifier(schema) ? keyFields(schema).stream().map(Field::id).collect(Collectors.toSet()) : Set.of();
    }

    /** Whether Iceberg takes the primary key as identifier fields: only required columns of exact types. */
    static boolean hasIdentifier(TableSchema schema) {
        return keyFields(schema).stream().allMatch(field -> field.required() && isIdentifying(field.type()));
    }

    private static List<Field> keyFields(TableSchema schema) {
        return schema.key().stream()
                .map(name -> schema.field(schema.position(name).orElseThrow()))
                .toList();
    }

    private static boolean isIdentifying(DataType type) {
        return type.isPrimitive() && type != DataType.Primitive.FLOAT && type != DataType.Primitive.DOUBLE;
    }

    static Types.NestedField toIceberg(Field field) {
        Types.NestedField.Builder builder =
                field.required() ? Types.NestedField.required(field.name()) : Types.NestedField.optional(field.name());
        builder = builder.withId(field.id()).ofType(toIceberg(field.type()));
        return field.documentation().map(builder::withDoc).orElse(builder).build();
    }

    static Type toIceberg(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return Types.DecimalType.of(decimal.precision(), decimal.scale());
        }
        if (type instanceof DataType.Struct struct) {
            return Types.StructType.of(
                    struct.fields().stream().map(Schemas::toIceberg).toList());
        }
        if (type instanceof DataType.ListOf list) {
            Field element = list.element();
            return element.required()
                    ? Types.ListType.ofRequired(element.id(), toIceberg(element.type()))
                    : Types.ListType.ofOptional(element.id(), toIceberg(element.type()));
        }
        if (type instanceof DataType.MapOf map) {
            Type key = toIceberg(map.key().type());
            Type value = toIceberg(map.value().type());
            return map.value().required()
                    ? Types.MapType.ofRequired(map.key().id(), map.value().id(), key, value)
                    : Types.MapType.ofOptional(map.key().id(), map.value().id(), key, value);
        }
        return toIceberg((DataType.Primitive) type);
    }

    private static Type toIceberg(DataType.Primitive type) {
        return switch (type) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMPTZ -> Types.TimestampType.withZone();
            case STRING -> Types.StringType.get();
            case UUID -> Types.UUIDType.get();
            case BINARY -> Types.BinaryType.get();
        };
    }

    static TableSchema fromIceberg(Schema schema, List<Integer> keyIds) {
        List<String> key = keyIds.stream()
                .map(schema::findField)
                .filter(java.util.Objects::nonNull)
                .map(Types.NestedField::name)
                .toList();
        return new TableSchema(
                schema.columns().stream().map(Schemas::fromIceberg).toList(), key);
    }

    static Field fromIceberg(Types.NestedField field) {
        return new Field(field.fieldId(), field.name(), fromIceberg(field.type()), field.isRequired(), field.doc());
    }

    private static DataType fromIceberg(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> DataType.Primitive.BOOLEAN;
            case INTEGER -> DataType.Primitive.INT;
            case LONG -> DataType.Primitive.LONG;
            case FLOAT -> DataType.Primitive.FLOAT;
            case DOUBLE -> DataType.Primitive.DOUBLE;
            case DATE -> DataType.Primitive.DATE;
            case TIME -> DataType.Primitive.TIME;
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? DataType.Primitive.TIMESTAMPTZ
                        : DataType.Primitive.TIMESTAMP;
            case STRING -> DataType.Primitive.STRING;
            case UUID -> DataType.Primitive.UUID;
            case BINARY, FIXED -> DataType.Primitive.BINARY;
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield new DataType.Decimal(decimal.precision(), decimal.scale());
            }
            case STRUCT ->
                new DataType.Struct(type.asStructType().fields().stream()
                        .map(Schemas::fromIceberg)
                        .toList());
            case LIST ->
                new DataType.ListOf(fromIceberg(type.asListType().fields().get(0)));
            case MAP ->
                new DataType.MapOf(
                        fromIceberg(type.asMapType().fields().get(0)),
                        fromIceberg(type.asMapType().fields().get(1)));
            default -> throw new io.lakemesh.error.MeshException("Cannot read a column of Iceberg's type " + type);
        };
    }
}
