package io.lakemesh.predicate;

import io.lakemesh.predicate.Typing.Operand;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads literals, and turns them into the type of what they are compared with. */
final class Literals {
    private static final int WIDEST_DECIMAL = 38;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Literals() {}

    /** A number with an exponent is a double, one without a long if it is whole and fits, else a decimal. */
    static Value.Literal number(String text, int at) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return floating(Double.parseDouble(text), Primitive.DOUBLE, at);
        }
        BigDecimal number = new BigDecimal(text);
        return fitsLong(number) ? new Value.Literal(number.longValueExact(), Primitive.LONG) : decimal(number, at);
    }

    private static boolean fitsLong(BigDecimal number) {
        return number.scale() == 0 && number.toBigInteger().bitLength() < Long.SIZE;
    }

    private static Value.Literal decimal(BigDecimal number, int at) {
        int precision = Math.max(number.precision(), number.scale());
        if (precision > WIDEST_DECIMAL) {
            throw Lexer.error(at, "expected a number of at most " + WIDEST_DECIMAL + " digits");
        }
        return new Value.Literal(number, new DataType.Decimal(precision, number.scale()));
    }

    private static Value.Literal floating(double number, DataType type, int at) {
        double fitted = type == Primitive.FLOAT ? (float) number : number;
        if (!Double.isFinite(fitted)) {
            throw Lexer.error(at, "the number is too large for a " + type);
        }
        return new Value.Literal(type == Primitive.FLOAT ? (Object) (float) fitted : (Object) fitted, type);
    }

    /** {@code DATE '..'}, {@code TIME '..'} or {@code TIMESTAMP '..'}. */
    static Value.Literal temporal(String keyword, String text, int at) {
        return switch (keyword) {
            case "DATE" -> new Value.Literal(date(text, at), Primitive.DATE);
            case "TIME" -> new Value.Literal(time(text, at), Primitive.TIME);
            default -> timestamp(text, at);
        };
    }

    static Value.Literal coerce(Value.Literal literal, DataType target, Operand leader, Operand operand) {
        Object value = literal.value();
        if (value == null) {
            return new Value.Literal(null, target);
        }
        if (value instanceof Number number && Typing.isNumber(target)) {
            return coerceNumber(literal, number, target, operand.at());
        }
        if (value instanceof String text && target != Primitive.STRING) {
            return coerceText(text, target, leader, operand);
        }
        if (value instanceof LocalDate date && target == Primitive.TIMESTAMP) {
            return new Value.Literal(date.atStartOfDay(), target);
        }
        if (value instanceof LocalDate date && target == Primitive.TIMESTAMPTZ) {
            return new Value.Literal(date.atStartOfDay().atOffset(ZoneOffset.UTC), target);
        }
        if (value instanceof LocalDateTime dateTime && target == Primitive.TIMESTAMPTZ) {
            return new Value.Literal(dateTime.atOffset(ZoneOffset.UTC), target);
        }
        if (!Typing.comparable(target, literal.type())) {
            throw Typing.incomparable(leader, operand);
        }
        return literal;
    }

    private static Value.Literal coerceNumber(Value.Literal literal, Number number, DataType target, int at) {
        if (Typing.isFloating(target)) {
            return floating(number.doubleValue(), target, at);
        }
        if (number instanceof Long whole && target == Primitive.INT && whole == whole.intValue()) {
            return new Value.Literal(whole.intValue(), target);
        }
        boolean exact = number instanceof Long || number instanceof Integer;
        return exact && target instanceof DataType.Decimal
                ? decimal(BigDecimal.valueOf(number.longValue()), at)
                : literal;
    }

    private static Value.Literal coerceText(String text, DataType target, Operand leader, Operand operand) {
        int at = operand.at();
        if (target == Primitive.DATE) {
            return new Value.Literal(date(text, at), target);
        }
        if (target == Primitive.TIME) {
            return new Value.Literal(time(text, at), target);
        }
        if (target == Primitive.TIMESTAMP || target == Primitive.TIMESTAMPTZ) {
            Value.Literal parsed = dateOrTimestamp(text, at);
            return coerce(parsed, target, leader, new Operand(parsed, at));
        }
        if (target == Primitive.UUID) {
            return new Value.Literal(uuid(text, at), target);
        }
        throw Typing.incomparable(leader, operand);
    }

    private static Value.Literal dateOrTimestamp(String text, int at) {
        return text.length() == "2020-01-01".length()
                ? new Value.Literal(date(text, at), Primitive.DATE)
                : timestamp(text, at);
    }

    private static UUID uuid(String text, int at) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw Lexer.error(at, "expected a uuid such as '123e4567-e89b-12d3-a456-426614174000'");
        }
        return UUID.fromString(text);
    }

    private static LocalDate date(String text, int at) {
        LocalDate date = parsed(() -> LocalDate.parse(text));
        if (date == null) {
            throw Lexer.error(at, "expected a date such as '2020-01-31'");
        }
        return inRange(date, date.getYear(), at);
    }

    private static LocalTime time(String text, int at) {
        LocalTime time = parsed(() -> LocalTime.parse(text));
        if (time == null) {
            throw Lexer.error(at, "expected a time such as '23:59:59'");
        }
        return inMicros(time, at);
    }

    private static Value.Literal timestamp(String text, int at) {
        String iso = text.replaceFirst("(?<=^.{10}) ", "T");
        OffsetDateTime withOffset = parsed(() -> OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        if (withOffset != null) {
            OffsetDateTime utc = withOffset.withOffsetSameInstant(ZoneOffset.UTC);
            return new Value.Literal(inMicros(inRange(utc, utc.getYear(), at), at), Primitive.TIMESTAMPTZ);
        }
        LocalDateTime local = parsed(() -> LocalDateTime.parse(iso));
        if (local == null) {
            throw Lexer.error(
                    at,
                    "expected a timestamp such as '2020-01-31 23:59:59', or with an offset '2020-01-31 23:59:59+01:00'");
        }
        return new Value.Literal(inMicros(inRange(local, local.getYear(), at), at), Primitive.TIMESTAMP);
    }

    private static <T> T inRange(T value, int year, int at) {
        if (year < 1 || year > 9999) {
            throw Lexer.error(at, "expected a year from 1 to 9999");
        }
        return value;
    }

    private static <T extends TemporalAccessor> T inMicros(T value, int at) {
        if (value.get(ChronoField.NANO_OF_SECOND) % 1000 != 0) {
            throw Lexer.error(at, "expected at most microseconds");
        }
        return value;
    }

    private interface Parsing<T> {
        T parse();
    }

    private static <T> @Nullable T parsed(Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (DateTimeException notOfThisForm) {
            return null;
        }
    }
}
