package io.lakemesh.predicate;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled value. It gives null, a {@code Long} (all that a {@link LongVector} holds, as it holds it), a {@code Double}, or the
 * object itself.
 */
interface Operand {
    @Nullable
    Object get(Batch batch, int row);

    static Operand of(Value value) {
        if (value instanceof Value.Column column) {
            int position = column.position();
            return (batch, row) -> stored(batch.column(position), row);
        }
        if (value instanceof Value.Literal literal) {
            Object constant = constant(literal);
            return (batch, row) -> constant;
        }
        if (value instanceof Value.Attribute) {
            throw new IllegalArgumentException("Invalid predicate: " + value + " is not bound to a subject");
        }
        return call((Value.Call) value);
    }

    /** A literal as a vector of its type stores it. */
    static @Nullable Object constant(Value.Literal literal) {
        Vector one = Vector.of(literal.type(), 1);
        one.set(0, literal.value());
        return stored(one, 0);
    }

    private static @Nullable Object stored(Vector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof LongVector longs) {
            return longs.value(row);
        }
        return vector instanceof DoubleVector doubles ? (Object) doubles.value(row) : vector.get(row);
    }

    private static Operand call(Value.Call call) {
        List<Operand> arguments = call.arguments().stream().map(Operand::of).toList();
        if (call.function() == Value.Function.COALESCE) {
            return (batch, row) -> first(arguments, batch, row);
        }
        Operand argument = arguments.get(0);
        Calculation calculation = calculation(call);
        return (batch, row) -> {
            Object value = argument.get(batch, row);
            return value == null ? null : calculation.apply(value);
        };
    }

    /** A function of one value that is not null. */
    interface Calculation {
        @Nullable
        Object apply(Object value);
    }

    private static Calculation calculation(Value.Call call) {
        TemporalParts parts = TemporalParts.of(call.arguments().get(0).type());
        return switch (call.function()) {
            case LOWER -> text -> mapped((String) text, false);
            case UPPER -> text -> mapped((String) text, true);
            case TRIM -> text -> trimmed((String) text);
            case LENGTH -> text -> (long) ((String) text).codePointCount(0, ((String) text).length());
            case ABS -> Operand::absolute;
            case YEAR -> stored -> parts.year((Long) stored);
            case MONTH -> stored -> parts.month((Long) stored);
            case DAY -> stored -> parts.day((Long) stored);
            case HOUR -> stored -> parts.hour((Long) stored);
            case COALESCE -> stored -> stored;
        };
    }

    private static @Nullable Object first(List<Operand> arguments, Batch batch, int row) {
        for (Operand argument : arguments) {
            Object value = argument.get(batch, row);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Code point by code point: the mapping that every engine has, free of languages and of letters that become two. */
    private static String mapped(String text, boolean toUpper) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .map(toUpper ? Character::toUpperCase : Character::toLowerCase)
                .forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    /** Null for the one long that has no absolute value. */
    private static @Nullable Object absolute(Object number) {
        if (number instanceof Double floating) {
            return Math.abs(floating);
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.abs();
        }
        long whole = (Long) number;
        return whole == Long.MIN_VALUE ? null : (Object) Math.abs(whole);
    }
}
