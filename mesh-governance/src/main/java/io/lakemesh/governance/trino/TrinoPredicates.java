package io.lakemesh.governance.trino;

import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicate.Operator;
import io.lakemesh.predicate.Value;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.util.List;

/**
 * Renders conditions in Trino's SQL so that they are true, false and unknown of the same rows as in Java. Where the two differ the
 * SQL is spelled out: NaN is the greatest number to us and equal to itself, the absolute value of the least long is NULL, TRIM
 * takes blanks only. Patterns need Trino's {@code regex-library=RE2J}.
 */
public final class TrinoPredicates {
    private TrinoPredicates() {}

    public static SqlTemplate render(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return joined(and.operands(), " AND ");
        }
        if (predicate instanceof Predicate.Or or) {
            return joined(or.operands(), " OR ");
        }
        return predicate instanceof Predicate.Not not
                ? SqlTemplate.join("(NOT ", render(not.operand()), ")")
                : test(predicate);
    }

    private static SqlTemplate joined(List<Predicate> operands, String word) {
        return SqlTemplate.join(
                "(",
                SqlTemplate.join(operands.stream().map(TrinoPredicates::render).toList(), word),
                ")");
    }

    private static SqlTemplate test(Predicate test) {
        if (test instanceof Predicate.Comparison comparison) {
            return SqlTemplate.of(comparison(comparison.left(), comparison.operator(), comparison.right()));
        }
        if (test instanceof Predicate.In in) {
            return in(in);
        }
        if (test instanceof Predicate.Between between) {
            return SqlTemplate.of("(" + comparison(between.value(), Operator.GREATER_OR_EQUAL, between.low()) + " AND "
                    + comparison(between.value(), Operator.LESS_OR_EQUAL, between.high()) + ")");
        }
        if (test instanceof Predicate.IsNull isNull) {
            return SqlTemplate.of("(" + nullable(isNull.value()) + " IS NULL)");
        }
        if (test instanceof Predicate.Like like) {
            return SqlTemplate.of("(" + value(like.value()) + " LIKE "
                    + SqlLiterals.text(withNeededEscapes(like.pattern())) + " ESCAPE '\\')");
        }
        return test instanceof Predicate.Matches matches
                ? SqlTemplate.of(
                        "regexp_like(" + value(matches.value()) + ", " + SqlLiterals.text(matches.pattern()) + ")")
                : SqlTemplate.of(value(((Predicate.Truth) test).value()));
    }

    /** Trino fails on a pattern that escapes what needs no escape. */
    private static String withNeededEscapes(String pattern) {
        StringBuilder needed = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '\\') {
                needed.append(c);
            } else {
                char escaped = pattern.charAt(++i);
                needed.append("%_\\".indexOf(escaped) < 0 ? "" : "\\").append(escaped);
            }
        }
        return needed.toString();
    }

    /** Nested columns can be tested for null only. */
    private static String nullable(Value value) {
        return value instanceof Value.Column column ? SqlLiterals.name(column.name()) : value(value);
    }

    private static SqlTemplate in(Predicate.In in) {
        if (in.options().stream().anyMatch(Value.Attribute.class::isInstance)) {
            List<SqlTemplate> options =
                    in.options().stream().map(TrinoPredicates::option).toList();
            return SqlTemplate.join("(" + value(in.value()) + " IN (", SqlTemplate.join(options, ", "), "))");
        }
        List<String> equals = in.options().stream()
                .map(option -> comparison(in.value(), Operator.EQUAL, option))
                .toList();
        return SqlTemplate.of("(" + String.join(" OR ", equals) + ")");
    }

    /** Attributes are texts, and so is all that they stand beside. */
    private static SqlTemplate option(Value option) {
        return option instanceof Value.Attribute attribute
                ? new SqlTemplate(List.of(new SqlTemplate.Attribute(attribute.name())))
                : SqlTemplate.of(value(option));
    }

    private static String comparison(Value left, Operator operator, Value right) {
        String a = value(left);
        String b = value(right);
        if (!isFloating(left.type()) && !isFloating(right.type())) {
            return "(" + a + " " + operator + " " + b + ")";
        }
        return "(CASE WHEN " + a + " IS NULL OR " + b + " IS NULL THEN NULL ELSE "
                + floating(asDouble(a, left.type()), operator, asDouble(b, right.type())) + " END)";
    }

    /** Trino rounds a decimal of 16 to 18 digits twice on its way to a double; longer ones it reads as it reads text. */
    private static String asDouble(String value, DataType type) {
        return type instanceof DataType.Decimal decimal
                ? "CAST(CAST(" + value + " AS decimal(38, " + decimal.scale() + ")) AS double)"
                : "CAST(" + value + " AS double)";
    }

    private static String floating(String a, Operator operator, String b) {
        return switch (operator) {
            case EQUAL -> equal(a, b);
            case NOT_EQUAL -> "NOT " + equal(a, b);
            case LESS -> less(a, b);
            case LESS_OR_EQUAL -> "NOT " + less(b, a);
            case GREATER -> less(b, a);
            case GREATER_OR_EQUAL -> "NOT " + less(a, b);
        };
    }

    private static String equal(String a, String b) {
        return "(" + a + " = " + b + " OR (is_nan(" + a + ") AND is_nan(" + b + ")))";
    }

    private static String less(String a, String b) {
        return "(" + a + " < " + b + " OR (is_nan(" + b + ") AND NOT is_nan(" + a + ")))";
    }

    private static String value(Value value) {
        if (value instanceof Value.Column column) {
            return column(column);
        }
        if (value instanceof Value.Literal literal) {
            return SqlLiterals.constant(literal.value(), literal.type());
        }
        if (value instanceof Value.Call call) {
            return call(call);
        }
        throw new IllegalArgumentException("Invalid place of " + value + ": only in a list of IN");
    }

    /** A float is a double from here on: Trino would make a bigint beside it a float, too. */
    private static String column(Value.Column column) {
        String name = SqlLiterals.name(column.name());
        return column.type() == Primitive.FLOAT ? "CAST(" + name + " AS double)" : name;
    }

    private static String call(Value.Call call) {
        List<String> arguments =
                call.arguments().stream().map(TrinoPredicates::value).toList();
        String argument = arguments.get(0);
        return switch (call.function()) {
            case LOWER -> "lower(" + argument + ")";
            case UPPER -> "upper(" + argument + ")";
            case TRIM -> "trim(BOTH ' ' FROM " + argument + ")";
            case LENGTH -> "length(" + argument + ")";
            case ABS -> absolute(argument, call.arguments().get(0).type());
            case YEAR -> "year(" + argument + ")";
            case MONTH -> "month(" + argument + ")";
            case DAY -> "day(" + argument + ")";
            case HOUR -> "hour(" + argument + ")";
            case COALESCE -> "coalesce(" + String.join(", ", arguments) + ")";
        };
    }

    private static String absolute(String argument, DataType type) {
        return type == Primitive.INT || type == Primitive.LONG
                ? "abs(nullif(CAST(" + argument + " AS bigint), BIGINT '" + Long.MIN_VALUE + "'))"
                : "abs(" + argument + ")";
    }

    private static boolean isFloating(DataType type) {
        return type == Primitive.FLOAT || type == Primitive.DOUBLE;
    }
}
