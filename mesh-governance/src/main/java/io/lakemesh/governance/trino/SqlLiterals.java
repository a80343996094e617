package io.lakemesh.governance.trino;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names, types and constants as Trino's SQL has them: the one place where text becomes SQL. */
final class SqlLiterals {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private SqlLiterals() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    static String type(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return "decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (!(type instanceof Primitive primitive)) {
            throw new IllegalArgumentException("Invalid type of a condition: " + type);
        }
        return switch (primitive) {
            case BOOLEAN -> "boolean";
            case INT -> "integer";
            case LONG -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "timestamp(6)";
            case TIMESTAMPTZ -> "timestamp(6) with time zone";
            case STRING -> "varchar";
            case UUID -> "uuid";
            case BINARY -> "varbinary";
        };
    }

    /** A constant in the class that {@link DataType} names. */
    static String constant(@Nullable Object value, DataType type) {
        if (value == null) {
            return "CAST(NULL AS " + type(type) + ")";
        }
        if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        if (value instanceof BigDecimal number) {
            return "DECIMAL '" + number.toPlainString() + "'";
        }
        if (value instanceof Double || value instanceof Float) {
            return "DOUBLE '" + ((Number) value).doubleValue() + "'";
        }
        if (value instanceof Number whole) {
            return "BIGINT '" + whole.longValue() + "'";
        }
        return value instanceof String text ? text(text) : temporal(value, type);
    }

    private static String temporal(Object value, DataType type) {
        if (value instanceof LocalTime time) {
            return "TIME '" + TIME.format(time) + "'";
        }
        if (value instanceof LocalDateTime timestamp) {
            return "TIMESTAMP '" + TIMESTAMP.format(timestamp) + "'";
        }
        if (value instanceof OffsetDateTime instant) {
            return "TIMESTAMP '" + TIMESTAMP.format(instant.withOffsetSameInstant(ZoneOffset.UTC)) + " UTC'";
        }
        return (type == Primitive.DATE ? "DATE '" : "UUID '") + value + "'";
    }
}
