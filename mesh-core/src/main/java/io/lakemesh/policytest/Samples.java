package io.lakemesh.policytest;

import io.lakemesh.batch.Vector;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.Value;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as people write them in YAML, as values of a table's types. */
final class Samples {
    private final TableSchema schema;
    private final Problems problems;

    Samples(TableSchema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** Values by column, for the columns that each row names. */
    List<Map<String, @Nullable Object>> of(List<Node> rows) {
        return rows.stream().map(row -> row((Node.Mapping) row)).toList();
    }

    private Map<String, @Nullable Object> row(Node.Mapping row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.entries().forEach((name, node) -> {
            if (schema.position(name).isEmpty()) {
                problems.error(
                        row.placeOf(name),
                        "no column " + Shown.quoted(name)
                                + NearMatch.hint(name, schema.positions().keySet()));
            } else {
                values.put(name, value(node, schema.field(schema.position(name).getAsInt())));
            }
        });
        return values;
    }

    private @Nullable Object value(Node node, Field field) {
        if (node instanceof Node.Scalar scalar && scalar.value() == null) {
            return null;
        }
        try {
            if (node instanceof Node.Scalar scalar) {
                return stored(field.type(), literal(scalar, field));
            }
        } catch (InvalidInputException | ArithmeticException | ClassCastException notOfTheType) {
            // told below, whatever it was
        }
        problems.error(node.place(), "this is no " + field.type() + " that a sample can hold");
        return null;
    }

    /** As a condition would hold it beside the column. */
    private Object literal(Node.Scalar scalar, Field field) {
        String text = scalar.text().orElseThrow();
        String literal = scalar.value() instanceof String ? "'" + text.replace("'", "''") + "'" : text;
        String column = '"' + field.name().replace("\"", "\"\"") + '"';
        Predicate.Comparison comparison = (Predicate.Comparison) Predicates.parse(column + " = " + literal, schema);
        return Objects.requireNonNull(((Value.Literal) comparison.right()).value());
    }

    /** As a vector of the type gives it back. */
    private static @Nullable Object stored(DataType type, Object value) {
        boolean whole = type == Primitive.INT || type == Primitive.LONG;
        if (whole && !(type == Primitive.INT ? value instanceof Integer : value instanceof Long)) {
            throw new ArithmeticException("not whole, or out of range");
        }
        Vector one = Vector.of(type, 1);
        one.set(0, type instanceof DataType.Decimal decimal ? exact((BigDecimal) value, decimal) : value);
        return one.get(0);
    }

    private static BigDecimal exact(BigDecimal value, DataType.Decimal type) {
        BigDecimal exact = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (exact.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return exact;
    }
}
