package io.lakemesh.trino;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.trino.jdbc.RowField;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The driver's values as ours. */
final class TrinoValues {
    /** Before this, {@code java.sql}'s dates have lost the era. */
    private static final long YEAR_1 = new java.util.GregorianCalendar(1, 0, 3).getTimeInMillis();

    private TrinoValues() {}

    static @Nullable Object of(ResultSet rows, int column, DataType type) throws SQLException {
        return convert(isText(type) ? rows.getString(column) : rows.getObject(column), type);
    }

    /** Times are exact as Trino's text only: {@code java.sql} has milliseconds, and the local zone's gaps. */
    private static boolean isText(DataType type) {
        return type instanceof Primitive primitive
                && switch (primitive) {
                    case STRING, UUID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
                    default -> false;
                };
    }

    private static @Nullable Object convert(@Nullable Object value, DataType type) throws SQLException {
        if (value == null) {
            return null;
        }
        if (type instanceof DataType.Struct struct) {
            return row((io.trino.jdbc.Row) value, struct);
        }
        if (type instanceof DataType.ListOf list) {
            return list(value, list.element().type());
        }
        if (type instanceof DataType.MapOf map) {
            return map((Map<?, ?>) value, map);
        }
        return type instanceof Primitive primitive ? primitive(value, primitive) : value;
    }

    private static Object primitive(Object value, Primitive type) {
        return switch (type) {
            case INT -> ((Number) value).intValue();
            case BINARY -> ByteBuffer.wrap((byte[]) value).asReadOnlyBuffer();
            case STRING -> value.toString();
            case UUID -> UUID.fromString(value.toString());
            case DATE -> value instanceof java.sql.Date date ? local(date) : LocalDate.parse(text(value));
            case TIME -> value instanceof java.sql.Time time ? local(time) : LocalTime.parse(text(value));
            case TIMESTAMP ->
                value instanceof java.sql.Timestamp time ? local(time) : LocalDateTime.parse(isoTime(text(value)));
            case TIMESTAMPTZ ->
                value instanceof java.sql.Timestamp time ? utc(time.toInstant()) : utc(instant(text(value)));
            case BOOLEAN, LONG, FLOAT, DOUBLE -> value;
        };
    }

    private static String text(Object value) {
        return (String) value;
    }

    private static String isoTime(String text) {
        return text.replace(' ', 'T');
    }

    /** {@code 2026-01-31 10:15:30.123456 Europe/London}. */
    private static Instant instant(String text) {
        int blank = text.lastIndexOf(' ');
        return LocalDateTime.parse(isoTime(text.substring(0, blank)))
                .atZone(ZoneId.of(text.substring(blank + 1)))
                .toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static LocalTime local(java.sql.Time time) {
        return Instant.ofEpochMilli(time.getTime())
                .atZone(ZoneId.systemDefault())
                .toLocalTime();
    }

    private static void requireSince1(long millis) {
        if (millis < YEAR_1) {
            throw new InvalidInputException("Cannot read a date before year 1 inside a row, an array or a map:"
                    + " the driver loses its era; cast it to varchar in the query");
        }
    }

    private static LocalDate local(java.sql.Date date) {
        requireSince1(date.getTime());
        return date.toLocalDate();
    }

    private static LocalDateTime local(java.sql.Timestamp time) {
        requireSince1(time.getTime());
        return time.toLocalDateTime();
    }

    private static Row row(io.trino.jdbc.Row row, DataType.Struct struct) throws SQLException {
        List<RowField> values = row.getFields();
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            converted.add(
                    convert(values.get(i).getValue(), struct.fields().get(i).type()));
        }
        return new Row(struct.fields().stream().map(Field::name).toList(), converted);
    }

    private static List<@Nullable Object> list(Object value, DataType element) throws SQLException {
        List<?> elements = value instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : (List<?>) value;
        List<@Nullable Object> converted = new ArrayList<>(elements.size());
        for (Object each : elements) {
            converted.add(convert(each, element));
        }
        return converted;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map, DataType.MapOf type) throws SQLException {
        Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            converted.put(
                    convert(entry.getKey(), type.key().type()),
                    convert(entry.getValue(), type.value().type()));
        }
        return converted;
    }
}
