package io.lakemesh.trino;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trino's types, by the names that the driver has for them, as ours. What we have no type for is text where Trino writes it as
 * text: {@code json}, {@code ipaddress}, intervals, times finer than microseconds.
 */
final class TrinoTypes {
    private static final int OUR_DIGITS = 6;
    private static final int DRIVERS_DIGITS_OF_TIME = 3;
    private static final Pattern NUMBERED = Pattern.compile("([a-z ]+?)\\((\\d+)(?:,\\s*(\\d+))?\\)( with time zone)?");
    private static final Map<String, Primitive> NAMED = Map.ofEntries(
            Map.entry("boolean", Primitive.BOOLEAN),
            Map.entry("tinyint", Primitive.INT),
            Map.entry("smallint", Primitive.INT),
            Map.entry("integer", Primitive.INT),
            Map.entry("bigint", Primitive.LONG),
            Map.entry("real", Primitive.FLOAT),
            Map.entry("double", Primitive.DOUBLE),
            Map.entry("date", Primitive.DATE),
            Map.entry("uuid", Primitive.UUID),
            Map.entry("varbinary", Primitive.BINARY),
            Map.entry("varchar", Primitive.STRING),
            Map.entry("json", Primitive.STRING),
            Map.entry("ipaddress", Primitive.STRING),
            Map.entry("interval year to month", Primitive.STRING),
            Map.entry("interval day to second", Primitive.STRING),
            Map.entry("unknown", Primitive.STRING));

    private TrinoTypes() {}

    /** A column's type; empty if it is none that can be handed out exactly. */
    static Optional<DataType> column(String name) {
        return type(name.strip(), false);
    }

    private static Optional<DataType> type(String name, boolean inner) {
        Primitive named = NAMED.get(name);
        if (named != null) {
            return Optional.of(named);
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return numbered(numbered, inner);
        }
        int open = name.indexOf('(');
        if (open < 0 || !name.endsWith(")")) {
            return Optional.empty();
        }
        List<String> parts = split(name.substring(open + 1, name.length() - 1));
        return switch (name.substring(0, open)) {
            case "array" -> parts.size() == 1 ? listOf(parts.get(0)) : Optional.empty();
            case "map" -> parts.size() == 2 ? mapOf(parts.get(0), parts.get(1)) : Optional.empty();
            case "row" -> struct(parts);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> numbered(Matcher type, boolean inner) {
        int digits = Integer.parseInt(type.group(2));
        boolean zoned = type.group(4) != null;
        return switch (type.group(1)) {
            case "varchar", "char" -> Optional.of(Primitive.STRING);
            case "decimal" ->
                Optional.of(new DataType.Decimal(digits, type.group(3) == null ? 0 : Integer.parseInt(type.group(3))));
            case "timestamp" ->
                temporal(zoned ? Primitive.TIMESTAMPTZ : Primitive.TIMESTAMP, digits, OUR_DIGITS, inner);
            case "time" ->
                zoned
                        ? inner ? Optional.empty() : Optional.of(Primitive.STRING)
                        : temporal(Primitive.TIME, digits, inner ? DRIVERS_DIGITS_OF_TIME : OUR_DIGITS, inner);
            default -> Optional.empty();
        };
    }

    /**
     * Inside nested values the driver has objects of {@code java.sql}, which are not as fine and miss the hours that the local zone
     * skips; elsewhere it has the text.
     */
    private static Optional<DataType> temporal(Primitive type, int digits, int exact, boolean inner) {
        boolean skipping = type == Primitive.TIMESTAMP
                && !ZoneId.systemDefault().getRules().isFixedOffset();
        if (inner && (digits > exact || skipping)) {
            return Optional.empty();
        }
        return Optional.of(digits <= exact ? type : Primitive.STRING);
    }

    private static Optional<DataType> listOf(String element) {
        return type(element, true).map(type -> new DataType.ListOf(Field.optional(Field.UNASSIGNED, "element", type)));
    }

    private static Optional<DataType> mapOf(String key, String value) {
        return type(key, true).flatMap(keyType -> type(value, true)
                .map(valueType -> new DataType.MapOf(
                        Field.required(Field.UNASSIGNED, "key", keyType),
                        Field.optional(Field.UNASSIGNED, "value", valueType))));
    }

    private static Optional<DataType> struct(List<String> parts) {
        List<Field> fields = new ArrayList<>();
        for (String part : parts) {
            Optional<Field> field = field(part, fields.size());
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(field.get());
        }
        return Optional.of(new DataType.Struct(fields));
    }

    /** {@code type}, or {@code name type}; the driver does not quote names, so that a blank may be part of one. */
    private static Optional<Field> field(String part, int position) {
        Optional<DataType> anonymous = type(part, true);
        if (anonymous.isPresent()) {
            return anonymous.map(type -> Field.optional(Field.UNASSIGNED, "field" + position, type));
        }
        for (int blank = part.indexOf(' '); blank > 0; blank = part.indexOf(' ', blank + 1)) {
            String name = part.substring(0, blank);
            Optional<DataType> type = type(part.substring(blank + 1), true);
            if (type.isPresent()) {
                return type.map(found -> Field.optional(Field.UNASSIGNED, name, found));
            }
        }
        return Optional.empty();
    }

    /** The parts between commas that no parenthesis encloses. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
