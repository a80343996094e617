package io.lakemesh.contract;

import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides a column's type: {@code physicalType} where it names one that fits, else {@code logicalType}. */
final class TypeReader {
    /** Physical types that say no more than the logical type does. */
    private static final Map<String, Set<String>> ECHOES =
            Map.of("array", Set.of("array", "list"), "object", Set.of("object", "struct", "record", "map"));

    private final SchemaProperty property;
    private final List<ColumnContract> children;
    private final Problems problems;

    TypeReader(SchemaProperty property, List<ColumnContract> children, Problems problems) {
        this.property = property;
        this.children = children;
        this.problems = problems;
    }

    PhysicalType resolve() {
        Optional<PhysicalType> physical =
                Optional.ofNullable(property.physicalType()).flatMap(PhysicalType::parse);
        if (physical.isPresent() && fits(physical.get().type())) {
            return new PhysicalType(zoned(physical.get()), physical.get().maxLength());
        }
        DataType logical = logical();
        if (property.physicalType() != null && !isEcho()) {
            problems.warning(
                    property.node().placeOf("physicalType"),
                    "physicalType " + Names.quoted(property.physicalType()) + " is taken for a remark, the column is a "
                            + logical);
        }
        return new PhysicalType(logical, 0);
    }

    private boolean isEcho() {
        return ECHOES.getOrDefault(String.valueOf(property.logicalType()), Set.of())
                .contains(String.valueOf(property.physicalType()).toLowerCase(Locale.ROOT));
    }

    private boolean fits(DataType type) {
        if (!children.isEmpty()) {
            return false;
        }
        return switch (String.valueOf(property.logicalType())) {
            case "string" -> type == Primitive.STRING || type == Primitive.UUID || type == Primitive.BINARY;
            case "date" -> type == Primitive.DATE;
            case "time" -> type == Primitive.TIME;
            case "timestamp" -> type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
            case "boolean" -> type == Primitive.BOOLEAN;
            case "integer" -> isWhole(type);
            case "number" ->
                isWhole(type)
                        || type == Primitive.FLOAT
                        || type == Primitive.DOUBLE
                        || type instanceof DataType.Decimal;
            case "array" -> type instanceof DataType.ListOf;
            case "object" -> type instanceof DataType.Struct || type instanceof DataType.MapOf;
            default -> true;
        };
    }

    private static boolean isWhole(DataType type) {
        return type == Primitive.INT
                || type == Primitive.LONG
                || (type instanceof DataType.Decimal decimal && decimal.scale() == 0);
    }

    /** Plain {@code timestamp} names both kinds in the wild, so what says that there is an offset decides. */
    private DataType zoned(PhysicalType physical) {
        boolean plain = "timestamp"
                .equalsIgnoreCase(String.valueOf(property.physicalType()).strip());
        return plain && hasOffset() ? Primitive.TIMESTAMPTZ : physical.type();
    }

    private boolean hasOffset() {
        Node.Mapping options = property.logicalTypeOptions();
        return options.text("timezone").filter("true"::equals).isPresent()
                || options.text("format").filter(TemporalFormat::hasOffset).isPresent();
    }

    private DataType logical() {
        return switch (String.valueOf(property.logicalType())) {
            case "string" -> Primitive.STRING;
            case "date" -> Primitive.DATE;
            case "time" -> Primitive.TIME;
            case "timestamp" -> hasOffset() ? Primitive.TIMESTAMPTZ : Primitive.TIMESTAMP;
            case "boolean" -> Primitive.BOOLEAN;
            case "integer" -> Primitive.LONG;
            case "number" -> Primitive.DOUBLE;
            case "array" -> list();
            case "object" -> object();
            default -> property.items() != null ? list() : children.isEmpty() ? untyped() : object();
        };
    }

    private DataType untyped() {
        problems.warning(
                property.node().place(), "no logicalType, and no physicalType that is known: taken for a string");
        return Primitive.STRING;
    }

    private DataType list() {
        if (children.isEmpty()) {
            problems.warning(property.node().place(), "an array without items: taken for a list of strings");
            return new DataType.ListOf(Field.optional(Field.UNASSIGNED, "element", Primitive.STRING));
        }
        return new DataType.ListOf(ColumnReader.field(children.get(0), null));
    }

    private DataType object() {
        if (children.isEmpty()) {
            problems.warning(property.node().place(), "an object without properties: taken for a map of strings");
            return new DataType.MapOf(
                    Field.required(Field.UNASSIGNED, "key", Primitive.STRING),
                    Field.optional(Field.UNASSIGNED, "value", Primitive.STRING));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            fields.add(ColumnReader.field(
                    children.get(i), property.properties().get(i).description()));
        }
        return new DataType.Struct(fields);
    }
}
