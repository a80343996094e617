package io.lakemesh.predicate;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.predicate.Predicate.Operator;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import org.jspecify.annotations.Nullable;

/** Compiles comparisons; a column against a literal without boxing. */
final class Comparisons {
    private Comparisons() {}

    static Condition compile(Value left, Operator operator, Value right) {
        if (left instanceof Value.Literal && right instanceof Value.Column) {
            return compile(right, mirrored(operator), left);
        }
        if (left instanceof Value.Column column && right instanceof Value.Literal literal) {
            return columnAndLiteral(column, operator, literal, Operand.constant(literal));
        }
        return general(left, operator, right);
    }

    private static Condition columnAndLiteral(
            Value.Column column, Operator operator, Value.Literal literal, @Nullable Object constant) {
        if (constant instanceof Long whole && isStoredAsLong(column.type())) {
            return longs(column.position(), operator, whole);
        }
        if (constant instanceof Double floating && Typing.isFloating(column.type())) {
            return doubles(column.position(), operator, floating);
        }
        if (constant instanceof String text && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)) {
            return texts(column.position(), operator == Operator.EQUAL, text);
        }
        return general(column, operator, literal);
    }

    static boolean isStoredAsLong(DataType type) {
        return type instanceof Primitive primitive
                && switch (primitive) {
                    case BOOLEAN, INT, LONG, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
                    case FLOAT, DOUBLE, STRING, UUID, BINARY -> false;
                };
    }

    private static Condition longs(int position, Operator operator, long constant) {
        return (batch, row) -> {
            LongVector column = (LongVector) batch.column(position);
            return column.isNull(row)
                    ? Condition.UNKNOWN
                    : Condition.of(holds(operator, Long.compare(column.value(row), constant)));
        };
    }

    private static Condition doubles(int position, Operator operator, double constant) {
        return (batch, row) -> {
            DoubleVector column = (DoubleVector) batch.column(position);
            return column.isNull(row)
                    ? Condition.UNKNOWN
                    : Condition.of(holds(operator, Ordering.compare(column.value(row), constant)));
        };
    }

    private static Condition texts(int position, boolean equal, String constant) {
        return (batch, row) -> {
            Object text = batch.column(position).get(row);
            return text == null ? Condition.UNKNOWN : Condition.of(constant.equals(text) == equal);
        };
    }

    private static Condition general(Value left, Operator operator, Value right) {
        Operand first = Operand.of(left);
        Operand second = Operand.of(right);
        return (batch, row) -> {
            Object a = first.get(batch, row);
            Object b = second.get(batch, row);
            return a == null || b == null ? Condition.UNKNOWN : Condition.of(holds(operator, Ordering.compare(a, b)));
        };
    }

    static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    static Operator mirrored(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
        };
    }
}
