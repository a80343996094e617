package io.lakemesh.predicate;

import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes predicates as text that parses to an equal tree. */
final class PredicateText {
    /** Words that an unquoted column name cannot be. */
    static final Set<String> RESERVED = Set.of(
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "IS",
            "NULL",
            "LIKE",
            "MATCHES",
            "TRUE",
            "FALSE",
            "DATE",
            "TIME",
            "TIMESTAMP");

    /** What attributes of the subject stand behind. */
    static final String SUBJECT = "subject";

    private PredicateText() {}

    static String of(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return joined(and.operands(), " AND ");
        }
        if (predicate instanceof Predicate.Or or) {
            return joined(or.operands(), " OR ");
        }
        return predicate instanceof Predicate.Not not ? negated(not.operand()) : test(predicate, "");
    }

    private static String joined(List<Predicate> operands, String word) {
        return operands.stream().map(PredicateText::operand).collect(Collectors.joining(word));
    }

    private static String operand(Predicate predicate) {
        boolean compound = predicate instanceof Predicate.And || predicate instanceof Predicate.Or;
        return compound ? "(" + of(predicate) + ")" : of(predicate);
    }

    private static String negated(Predicate operand) {
        boolean hasOwnForm = operand instanceof Predicate.In
                || operand instanceof Predicate.Between
                || operand instanceof Predicate.IsNull
                || operand instanceof Predicate.Like;
        return hasOwnForm ? test(operand, "NOT ") : "NOT " + operand(operand);
    }

    private static String test(Predicate predicate, String not) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison.left() + " " + comparison.operator() + " " + comparison.right();
        }
        if (predicate instanceof Predicate.In in) {
            return in.value() + " " + not + "IN (" + list(in.options()) + ")";
        }
        if (predicate instanceof Predicate.Between between) {
            return between.value() + " " + not + "BETWEEN " + between.low() + " AND " + between.high();
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return isNull.value() + " IS " + not + "NULL";
        }
        if (predicate instanceof Predicate.Like like) {
            return like.value() + " " + not + "LIKE " + quoted(like.pattern(), '\'');
        }
        if (predicate instanceof Predicate.Matches matches) {
            return matches.value() + " MATCHES " + quoted(matches.pattern(), '\'');
        }
        return ((Predicate.Truth) predicate).value().toString();
    }

    static String of(Value value) {
        if (value instanceof Value.Column column) {
            return name(column.name());
        }
        if (value instanceof Value.Call call) {
            return call.function().name() + "(" + list(call.arguments()) + ")";
        }
        return value instanceof Value.Attribute attribute
                ? SUBJECT + "." + attribute.name()
                : literal((Value.Literal) value);
    }

    private static String list(List<Value> values) {
        return values.stream().map(Value::toString).collect(Collectors.joining(", "));
    }

    private static String name(String name) {
        boolean plain = !name.isEmpty()
                && Lexer.startsWord(name.codePointAt(0))
                && name.codePoints().allMatch(Lexer::continuesWord)
                && !RESERVED.contains(name.toUpperCase(Locale.ROOT));
        return plain ? name : quoted(name, '"');
    }

    private static String literal(Value.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return approximate(((Number) value).doubleValue());
        }
        if (value instanceof Number) {
            return value.toString();
        }
        return prefix(literal) + quoted(value.toString(), '\'');
    }

    /** With an exponent, always: it is what makes a number approximate. */
    private static String approximate(double number) {
        String text = Double.toString(number);
        return text.indexOf('E') < 0 ? text + "E0" : text;
    }

    private static String prefix(Value.Literal literal) {
        if (literal.type() == Primitive.DATE) {
            return "DATE ";
        }
        if (literal.type() == Primitive.TIME) {
            return "TIME ";
        }
        boolean timestamp = literal.type() == Primitive.TIMESTAMP || literal.type() == Primitive.TIMESTAMPTZ;
        return timestamp ? "TIMESTAMP " : "";
    }

    private static String quoted(String text, char quote) {
        String mark = String.valueOf(quote);
        return mark + text.replace(mark, mark + mark) + mark;
    }
}
