package io.lakemesh.contract;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code physicalType} that names an Iceberg type or a common SQL one.
 *
 * @param maxLength of {@code varchar(n)} and the like; 0 for none
 */
record PhysicalType(DataType type, int maxLength) {
    private static final int DEEPEST = 16;
    private static final int WIDEST_DECIMAL = 38;
    private static final Pattern WITH_NUMBERS = Pattern.compile("([a-z ]+?) ?\\( ?(\\d{1,9}) ?(?:, ?(\\d{1,9}) ?)?\\)");
    private static final Pattern FIELD = Pattern.compile("([^:<>,()\\s]+)(?: ?: ?| )(.+)");
    private static final Map<String, Primitive> PRIMITIVES = Map.ofEntries(
            Map.entry("boolean", Primitive.BOOLEAN),
            Map.entry("bool", Primitive.BOOLEAN),
            Map.entry("int", Primitive.INT),
            Map.entry("integer", Primitive.INT),
            Map.entry("smallint", Primitive.INT),
            Map.entry("tinyint", Primitive.INT),
            Map.entry("int32", Primitive.INT),
            Map.entry("long", Primitive.LONG),
            Map.entry("bigint", Primitive.LONG),
            Map.entry("int64", Primitive.LONG),
            Map.entry("float", Primitive.FLOAT),
            Map.entry("real", Primitive.FLOAT),
            Map.entry("double", Primitive.DOUBLE),
            Map.entry("double precision", Primitive.DOUBLE),
            Map.entry("float64", Primitive.DOUBLE),
            Map.entry("date", Primitive.DATE),
            Map.entry("time", Primitive.TIME),
            Map.entry("timestamp", Primitive.TIMESTAMP),
            Map.entry("datetime", Primitive.TIMESTAMP),
            Map.entry("timestamp without time zone", Primitive.TIMESTAMP),
            Map.entry("timestamptz", Primitive.TIMESTAMPTZ),
            Map.entry("timestamp with time zone", Primitive.TIMESTAMPTZ),
            Map.entry("string", Primitive.STRING),
            Map.entry("text", Primitive.STRING),
            Map.entry("varchar", Primitive.STRING),
            Map.entry("nvarchar", Primitive.STRING),
            Map.entry("char", Primitive.STRING),
            Map.entry("character varying", Primitive.STRING),
            Map.entry("uuid", Primitive.UUID),
            Map.entry("binary", Primitive.BINARY),
            Map.entry("varbinary", Primitive.BINARY),
            Map.entry("bytea", Primitive.BINARY),
            Map.entry("blob", Primitive.BINARY));
    private static final List<String> TEXTS = List.of("varchar", "nvarchar", "char", "character", "character varying");
    private static final List<String> DECIMALS = List.of("decimal", "numeric", "number");

    /** Reads a type; empty if it names none that is known. Field names keep their case. */
    static Optional<PhysicalType> parse(String text) {
        return parse(text.strip().replaceAll("\\s+", " "), 0);
    }

    private static Optional<PhysicalType> parse(String text, int depth) {
        String lower = text.toLowerCase(Locale.ROOT);
        Primitive primitive = PRIMITIVES.get(lower);
        if (primitive != null) {
            return Optional.of(new PhysicalType(primitive, 0));
        }
        if (lower.endsWith(">") && depth < DEEPEST) {
            return nested(text, depth).map(type -> new PhysicalType(type, 0));
        }
        Matcher matcher = WITH_NUMBERS.matcher(lower);
        return matcher.matches() ? withNumbers(matcher) : Optional.empty();
    }

    private static Optional<PhysicalType> withNumbers(Matcher matcher) {
        int first = Integer.parseInt(matcher.group(2));
        String second = matcher.group(3);
        if (TEXTS.contains(matcher.group(1)) && second == null && first > 0) {
            return Optional.of(new PhysicalType(Primitive.STRING, first));
        }
        int scale = second == null ? 0 : Integer.parseInt(second);
        boolean isDecimal =
                DECIMALS.contains(matcher.group(1)) && first >= 1 && first <= WIDEST_DECIMAL && scale <= first;
        return isDecimal ? Optional.of(new PhysicalType(new DataType.Decimal(first, scale), 0)) : Optional.empty();
    }

    private static Optional<DataType> nested(String text, int depth) {
        int open = text.indexOf('<');
        if (open < 0) {
            return Optional.empty();
        }
        List<String> parts = split(text.substring(open + 1, text.length() - 1));
        return switch (text.substring(0, open).strip().toLowerCase(Locale.ROOT)) {
            case "list", "array" -> parts.size() == 1 ? listOf(parts.get(0), depth) : Optional.empty();
            case "map" -> parts.size() == 2 ? mapOf(parts.get(0), parts.get(1), depth) : Optional.empty();
            case "struct", "row" -> struct(parts, depth);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> listOf(String element, int depth) {
        return parse(element, depth + 1)
                .map(found -> new DataType.ListOf(Field.optional(Field.UNASSIGNED, "element", found.type())));
    }

    private static Optional<DataType> mapOf(String key, String value, int depth) {
        return parse(key, depth + 1).flatMap(keyType -> parse(value, depth + 1)
                .map(valueType -> new DataType.MapOf(
                        Field.required(Field.UNASSIGNED, "key", keyType.type()),
                        Field.optional(Field.UNASSIGNED, "value", valueType.type()))));
    }

    private static Optional<DataType> struct(List<String> parts, int depth) {
        List<Field> fields = new ArrayList<>();
        for (String part : parts) {
            Matcher matcher = FIELD.matcher(part);
            Optional<PhysicalType> type = matcher.matches() ? parse(matcher.group(2), depth + 1) : Optional.empty();
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(Field.optional(
                    Field.UNASSIGNED, matcher.group(1), type.get().type()));
        }
        boolean distinct = fields.stream()
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                == fields.size();
        return distinct ? Optional.of(new DataType.Struct(fields)) : Optional.empty();
    }

    /** The parts between commas that no bracket encloses. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
