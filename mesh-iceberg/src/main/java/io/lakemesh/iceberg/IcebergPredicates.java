package io.lakemesh.iceberg;

import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicate.Operator;
import io.lakemesh.predicate.Value;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Translates predicates to Iceberg expressions that keep a superset of the rows: whatever Iceberg cannot say alike becomes always
 * true. The reader applies the predicate itself to what is left.
 */
public final class IcebergPredicates {
    private IcebergPredicates() {}

    /** An expression that holds of every row for which the predicate is true, and maybe of others. */
    public static Expression translate(Predicate predicate) {
        return keep(predicate, true);
    }

    /** Holds of every row for which the predicate has this truth. */
    private static Expression keep(Predicate predicate, boolean truth) {
        if (predicate instanceof Predicate.Not not) {
            return keep(not.operand(), !truth);
        }
        if (predicate instanceof Predicate.And and) {
            return truth ? all(and.operands(), truth) : any(and.operands(), truth);
        }
        if (predicate instanceof Predicate.Or or) {
            return truth ? any(or.operands(), truth) : all(or.operands(), truth);
        }
        if (predicate instanceof Predicate.Between between) {
            return between(between, truth);
        }
        return test(predicate, truth);
    }

    private static Expression all(List<Predicate> operands, boolean truth) {
        return operands.stream()
                .map(operand -> keep(operand, truth))
                .reduce(Expressions.alwaysTrue(), Expressions::and);
    }

    private static Expression any(List<Predicate> operands, boolean truth) {
        return operands.stream()
                .map(operand -> keep(operand, truth))
                .reduce(Expressions.alwaysFalse(), Expressions::or);
    }

    private static Expression between(Predicate.Between between, boolean truth) {
        Predicate low = new Predicate.Comparison(between.value(), Operator.GREATER_OR_EQUAL, between.low());
        Predicate high = new Predicate.Comparison(between.value(), Operator.LESS_OR_EQUAL, between.high());
        return keep(new Predicate.And(List.of(low, high)), truth);
    }

    private static Expression test(Predicate predicate, boolean truth) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison(comparison.left(), comparison.operator(), comparison.right(), truth);
        }
        if (predicate instanceof Predicate.In in) {
            return in(in, truth);
        }
        if (predicate instanceof Predicate.IsNull isNull
                && isNull.value() instanceof Value.Column column
                && column.type().isPrimitive()) {
            return truth ? Expressions.isNull(column.name()) : Expressions.notNull(column.name());
        }
        return predicate instanceof Predicate.Truth condition
                ? truth(condition.value(), truth)
                : Expressions.alwaysTrue();
    }

    private static Expression truth(Value value, boolean truth) {
        if (value instanceof Value.Column column) {
            return Expressions.equal(column.name(), truth);
        }
        if (value instanceof Value.Literal literal) {
            return Boolean.valueOf(truth).equals(literal.value())
                    ? Expressions.alwaysTrue()
                    : Expressions.alwaysFalse();
        }
        return Expressions.alwaysTrue();
    }

    private static Expression in(Predicate.In in, boolean truth) {
        Operator operator = truth ? Operator.EQUAL : Operator.NOT_EQUAL;
        List<Expression> options = in.options().stream()
                .map(option -> comparison(in.value(), operator, option, true))
                .toList();
        return truth
                ? options.stream().reduce(Expressions.alwaysFalse(), Expressions::or)
                : options.stream().reduce(Expressions.alwaysTrue(), Expressions::and);
    }

    private static Expression comparison(Value left, Operator operator, Value right, boolean truth) {
        if (left instanceof Value.Literal && right instanceof Value.Column) {
            return comparison(right, mirrored(operator), left, truth);
        }
        if (isNull(left) || isNull(right)) {
            return Expressions.alwaysFalse();
        }
        if (left instanceof Value.Column column && right instanceof Value.Literal literal) {
            Operator effective = truth ? operator : negated(operator);
            return constant(column.type(), literal)
                    .map(constant -> compare(column, effective, constant))
                    .orElseGet(Expressions::alwaysTrue);
        }
        return Expressions.alwaysTrue();
    }

    private static boolean isNull(Value value) {
        return value instanceof Value.Literal literal && literal.value() == null;
    }

    /** A literal as Iceberg takes it; empty where the two would not compare alike. */
    private static Optional<Object> constant(DataType type, Value.Literal literal) {
        Object value = literal.value();
        if (value instanceof BigDecimal number && type instanceof DataType.Decimal decimal) {
            return rescaled(number, decimal.scale());
        }
        boolean whole = type == Primitive.INT || type == Primitive.LONG;
        if (whole && (value instanceof Integer || value instanceof Long)) {
            return Optional.of(((Number) value).longValue());
        }
        // uuids are left out: not every version of Iceberg orders them alike
        return type.equals(literal.type()) && type != Primitive.UUID && type != Primitive.BINARY && !whole
                ? Optional.ofNullable(value).map(IcebergPredicates::stored)
                : Optional.empty();
    }

    private static Optional<Object> rescaled(BigDecimal number, int scale) {
        BigDecimal rescaled = number.setScale(scale, RoundingMode.DOWN);
        return rescaled.compareTo(number) == 0 ? Optional.of(rescaled) : Optional.empty();
    }

    private static Object stored(Object value) {
        if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / 1000;
        }
        if (value instanceof LocalDateTime timestamp) {
            return micros(timestamp.atOffset(ZoneOffset.UTC));
        }
        return value instanceof OffsetDateTime instant ? micros(instant) : value;
    }

    private static Object micros(OffsetDateTime instant) {
        return Math.addExact(Math.multiplyExact(instant.toEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    private static Expression compare(Value.Column column, Operator operator, Object constant) {
        if (constant instanceof Float || constant instanceof Double) {
            return floating(column.name(), operator, (Number) constant);
        }
        if (constant instanceof Boolean && operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
            return Expressions.alwaysTrue();
        }
        return plain(column.name(), operator, constant);
    }

    /** NaN is the greatest number to us, and both zeros are equal; Iceberg tells them apart. */
    private static Expression floating(String name, Operator operator, Number constant) {
        Number low = constant.doubleValue() == 0 ? zero(constant, -0.0) : constant;
        Number high = constant.doubleValue() == 0 ? zero(constant, 0.0) : constant;
        return switch (operator) {
            case EQUAL ->
                Expressions.and(Expressions.greaterThanOrEqual(name, low), Expressions.lessThanOrEqual(name, high));
            case NOT_EQUAL -> Expressions.notNull(name);
            case LESS, LESS_OR_EQUAL -> Expressions.lessThanOrEqual(name, high);
            case GREATER, GREATER_OR_EQUAL ->
                Expressions.or(Expressions.greaterThanOrEqual(name, low), Expressions.isNaN(name));
        };
    }

    private static Number zero(Number like, double zero) {
        return like instanceof Float ? (Number) (float) zero : (Number) zero;
    }

    private static Expression plain(String name, Operator operator, Object constant) {
        return switch (operator) {
            case EQUAL -> Expressions.equal(name, constant);
            case NOT_EQUAL -> Expressions.notEqual(name, constant);
            case LESS -> Expressions.lessThan(name, constant);
            case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(name, constant);
            case GREATER -> Expressions.greaterThan(name, constant);
            case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(name, constant);
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
        };
    }

    private static Operator negated(Operator operator) {
        return switch (operator) {
            case EQUAL -> Operator.NOT_EQUAL;
            case NOT_EQUAL -> Operator.EQUAL;
            case LESS -> Operator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Operator.GREATER;
            case GREATER -> Operator.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Operator.LESS;
        };
    }
}
