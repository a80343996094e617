package io.lakemesh.iceberg;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.Value;
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Rows in which each of some columns has a value. A column is known by whatever it was called in any of the table's schemas: of
 * several columns that had the name one after the other, each counts.
 */
final class KeyColumns implements RowMatch {
    private static final Set<DataType> NO_KEYS =
            Set.of(Primitive.BOOLEAN, Primitive.BINARY, Primitive.FLOAT, Primitive.DOUBLE);

    private final Schema columns;
    private final List<List<Part>> parts;

    /** A column, by its position among those looked at, and its value; null if the text is not of its type. */
    private record Part(int position, String name, DataType type, @Nullable Object value) {}

    private KeyColumns(Schema columns, List<List<Part>> parts) {
        this.columns = columns;
        this.parts = parts;
    }

    /** The match of a table; empty if it never had one of the columns. */
    static Optional<KeyColumns> of(TableMetadata table, ErasureOrder order) {
        List<Types.NestedField> looked = new ArrayList<>();
        List<List<Part>> parts = new ArrayList<>();
        for (Map.Entry<String, Set<String>> entry : order.key().entrySet()) {
            List<Part> any = new ArrayList<>();
            for (Types.NestedField field :
                    named(table, order.names().getOrDefault(entry.getKey(), Set.of(entry.getKey())))) {
                String name = "c" + looked.size();
                DataType type = Schemas.fromIceberg(field).type();
                for (String text : entry.getValue()) {
                    any.add(new Part(looked.size(), name, type, value(text, type)));
                }
                looked.add(Types.NestedField.optional(name)
                        .withId(field.fieldId())
                        .ofType(field.type())
                        .build());
            }
            if (any.isEmpty()) {
                return Optional.empty();
            }
            parts.add(any);
        }
        return Optional.of(new KeyColumns(new Schema(looked), parts));
    }

    /** Fields that a name of a column ever stood for, each as it is in the newest schema that has it. */
    private static Collection<Types.NestedField> named(TableMetadata table, Set<String> names) {
        Map<Integer, Types.NestedField> fields = new LinkedHashMap<>();
        for (Schema schema : table.schemas()) {
            for (Types.NestedField field : schema.columns()) {
                if (names.contains(field.name())
                        && isKey(Schemas.fromIceberg(field).type())) {
                    fields.put(field.fieldId(), field);
                }
            }
        }
        for (Schema schema : table.schemas()) {
            fields.replaceAll((id, field) -> schema.findField(id) == null ? field : schema.findField(id));
        }
        return fields.values();
    }

    private static boolean isKey(DataType type) {
        return type.isPrimitive() && !NO_KEYS.contains(type);
    }

    /** A text as a value of a type; null if it is none. What the predicate language takes for one. */
    static @Nullable Object value(String text, DataType type) {
        boolean number = type == Primitive.INT || type == Primitive.LONG || type instanceof DataType.Decimal;
        String literal = number ? text.strip() : "'" + text.replace("'", "''") + "'";
        TableSchema x = new TableSchema(List.of(new Field(1, "x", type, false, null)), List.of());
        try {
            return Predicates.parse("x = " + literal, x) instanceof Predicate.Comparison comparison
                            && comparison.right() instanceof Value.Literal parsed
                    ? parsed.value()
                    : null;
        } catch (InvalidInputException notOfTheType) {
            return null;
        }
    }

    /** Whether the texts are values of the columns' types, so that there may be such rows. */
    boolean fits() {
        return parts.stream().allMatch(any -> any.stream().anyMatch(part -> part.value() != null));
    }

    /** The types that a column had. */
    List<DataType> types(int keyColumn) {
        return parts.get(keyColumn).stream().map(Part::type).distinct().toList();
    }

    @Override
    public Schema columns() {
        return columns;
    }

    @Override
    public Expression filter() {
        return parts.stream()
                .map(any -> any.stream().map(KeyColumns::filter).reduce(Expressions.alwaysFalse(), Expressions::or))
                .reduce(Expressions.alwaysTrue(), Expressions::and);
    }

    private static Expression filter(Part part) {
        Object value = part.value();
        return value == null
                ? Expressions.alwaysFalse()
                : IcebergPredicates.translate(new Predicate.Comparison(
                        new Value.Column(part.name(), part.position(), part.type()),
                        Predicate.Operator.EQUAL,
                        new Value.Literal(value, part.type())));
    }

    @Override
    public boolean test(Record row) {
        return parts.stream().allMatch(any -> any.stream()
                .anyMatch(part -> same(part.value(), Values.fromIceberg(row.get(part.position())))));
    }

    static boolean same(@Nullable Object wanted, @Nullable Object found) {
        if (wanted instanceof BigDecimal number && found instanceof BigDecimal other) {
            return number.compareTo(other) == 0;
        }
        return wanted != null && wanted.equals(found);
    }
}
