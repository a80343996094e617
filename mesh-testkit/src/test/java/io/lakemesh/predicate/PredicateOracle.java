package io.lakemesh.predicate;

import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The slow and obvious meaning of predicates: a row object in, true, false or null for unknown out. */
final class PredicateOracle {
    private PredicateOracle() {}

    static @Nullable Boolean test(Predicate predicate, Row row) {
        if (predicate instanceof Predicate.And and) {
            return logic(and.operands(), row, false);
        }
        if (predicate instanceof Predicate.Or or) {
            return logic(or.operands(), row, true);
        }
        if (predicate instanceof Predicate.Not not) {
            Boolean operand = test(not.operand(), row);
            return operand == null ? null : !operand;
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return value(isNull.value(), row) == null;
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            return compare(value(comparison.left(), row), comparison.operator(), value(comparison.right(), row));
        }
        if (predicate instanceof Predicate.In in) {
            Object value = value(in.value(), row);
            return anyOf(in.options().stream()
                    .map(option -> compare(value, Predicate.Operator.EQUAL, value(option, row)))
                    .toList());
        }
        if (predicate instanceof Predicate.Between between) {
            return test(
                    new Predicate.And(List.of(
                            new Predicate.Comparison(
                                    between.value(), Predicate.Operator.GREATER_OR_EQUAL, between.low()),
                            new Predicate.Comparison(
                                    between.value(), Predicate.Operator.LESS_OR_EQUAL, between.high()))),
                    row);
        }
        if (predicate instanceof Predicate.Like like) {
            return text(like.value(), row, text -> like(text, like.pattern()));
        }
        if (predicate instanceof Predicate.Matches matches) {
            return text(matches.value(), row, text -> Pattern.compile(matches.pattern())
                    .matcher(text)
                    .find());
        }
        return (Boolean) value(((Predicate.Truth) predicate).value(), row);
    }

    private static @Nullable Boolean logic(List<Predicate> operands, Row row, boolean decisive) {
        List<Boolean> results =
                operands.stream().map(operand -> test(operand, row)).toList();
        return results.contains(decisive) ? (Boolean) decisive : results.contains(null) ? null : (Boolean) !decisive;
    }

    private static @Nullable Boolean anyOf(List<Boolean> results) {
        return results.contains(true) ? (Boolean) true : results.contains(null) ? null : (Boolean) false;
    }

    private static @Nullable Boolean text(Value value, Row row, Function<String, Boolean> test) {
        Object text = value(value, row);
        return text == null ? null : test.apply((String) text);
    }

    private static boolean like(String text, String pattern) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        int rest = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
        return switch (pattern.charAt(0)) {
            case '%' -> like(text, pattern.substring(1)) || (!text.isEmpty() && like(text.substring(rest), pattern));
            case '_' -> !text.isEmpty() && like(text.substring(rest), pattern.substring(1));
            case '\\' -> text.startsWith(pattern.substring(1, 2)) && like(text.substring(1), pattern.substring(2));
            default -> text.startsWith(pattern.substring(0, 1)) && like(text.substring(1), pattern.substring(1));
        };
    }

    private static @Nullable Boolean compare(@Nullable Object a, Predicate.Operator operator, @Nullable Object b) {
        if (a == null || b == null) {
            return null;
        }
        int order = order(a, b);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int order(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            boolean floating = isFloating(x) || isFloating(y);
            return floating
                    ? Double.compare(x.doubleValue() + 0.0, y.doubleValue() + 0.0)
                    : new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString()));
        }
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compare(x.codePoints().toArray(), y.codePoints().toArray());
        }
        if (a instanceof UUID x && b instanceof UUID y) {
            return x.toString().compareTo(y.toString());
        }
        if (a instanceof ByteBuffer x && b instanceof ByteBuffer y) {
            return Integer.compare(x.get(0) & 0xff, y.get(0) & 0xff);
        }
        return ((Comparable) a).compareTo(b);
    }

    private static boolean isFloating(Number number) {
        return number instanceof Double || number instanceof Float;
    }

    private static @Nullable Object value(Value value, Row row) {
        if (value instanceof Value.Column column) {
            return row.get(column.name());
        }
        if (value instanceof Value.Literal literal) {
            return literal.value();
        }
        Value.Call call = (Value.Call) value;
        Object first = value(call.arguments().get(0), row);
        if (call.function() == Value.Function.COALESCE) {
            return call.arguments().stream()
                    .map(argument -> value(argument, row))
                    .filter(argument -> argument != null)
                    .findFirst()
                    .orElse(null);
        }
        return first == null ? null : function(call.function(), first);
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        return new String(text.codePoints().map(mapping).toArray(), 0, (int)
                text.codePoints().count());
    }

    private static @Nullable Object absolute(Number number) {
        if (isFloating(number)) {
            return Math.abs(number.doubleValue());
        }
        return number.equals(Long.MIN_VALUE) ? null : new BigDecimal(number.toString()).abs();
    }

    private static @Nullable Object function(Value.Function function, Object argument) {
        return switch (function) {
            case LOWER -> mapped((String) argument, Character::toLowerCase);
            case UPPER -> mapped((String) argument, Character::toUpperCase);
            case TRIM -> ((String) argument).replaceAll("^ +| +$", "");
            case LENGTH -> ((String) argument).codePoints().count();
            case ABS -> absolute((Number) argument);
            case YEAR -> (long) date(argument).getYear();
            case MONTH -> (long) date(argument).getMonthValue();
            case DAY -> (long) date(argument).getDayOfMonth();
            case HOUR -> (long) ((LocalTime) argument).getHour();
            case COALESCE -> argument;
        };
    }

    private static LocalDate date(Object argument) {
        if (argument instanceof OffsetDateTime instant) {
            return instant.toLocalDate();
        }
        return argument instanceof LocalDateTime local ? local.toLocalDate() : (LocalDate) argument;
    }
}
