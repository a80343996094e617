package io.lakemesh.contract;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lakemesh.contract.Limits.StringFormat;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code logicalTypeOptions} as the limits of a column whose type is known. */
final class LimitsReader {
    private static final Set<String> WIDTHS =
            Set.of("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64");

    private final Node.Mapping options;
    private final DataType type;
    private final ZoneId zone;
    private final Problems problems;

    LimitsReader(SchemaProperty property, DataType type, ZoneId zone, Problems problems) {
        this.options = property.logicalTypeOptions();
        this.type = type;
        this.zone = zone;
        this.problems = problems;
    }

    /** The limits; {@code maxLength} is what a {@code varchar(n)} adds, 0 for none. */
    Limits read(int maxLength, Set<String> fields) {
        Object minimum = bound("minimum", RoundingMode.CEILING);
        Object exclusiveMinimum = bound("exclusiveMinimum", RoundingMode.FLOOR);
        Object maximum = bound("maximum", RoundingMode.FLOOR);
        Object exclusiveMaximum = bound("exclusiveMaximum", RoundingMode.CEILING);
        checkOrder(minimum, maximum);
        checkOrder(exclusiveMinimum, exclusiveMaximum);
        Integer minSize = size("minLength", "minItems", "minProperties");
        Integer maxSize = narrower(size("maxLength", "maxItems", "maxProperties"), maxLength);
        checkOrder(minSize, maxSize);
        return new Limits(
                minimum,
                exclusiveMinimum,
                maximum,
                exclusiveMaximum,
                multipleOf(),
                pattern(),
                format(),
                minSize,
                maxSize,
                options.text("uniqueItems").filter("true"::equals).isPresent(),
                required(fields));
    }

    private static @Nullable Integer narrower(@Nullable Integer size, int maxLength) {
        return maxLength == 0
                ? size
                : size == null ? Integer.valueOf(maxLength) : Integer.valueOf(Math.min(size, maxLength));
    }

    private @Nullable Object bound(String key, RoundingMode whole) {
        String text = options.text(key).orElse(null);
        if (text == null) {
            return null;
        }
        Object bound = isTemporal()
                ? TemporalFormat.bound(text, type, usableFormat(), zone).orElse(null)
                : number(text, whole);
        if (bound == null) {
            problems.error(options.placeOf(key), key + " is no " + type + ", found " + Names.quoted(text));
        }
        return bound;
    }

    private @Nullable String usableFormat() {
        return options.text("format")
                .filter(format -> TemporalFormat.fault(format).isEmpty())
                .orElse(null);
    }

    private boolean isTemporal() {
        return type == Primitive.DATE
                || type == Primitive.TIME
                || type == Primitive.TIMESTAMP
                || type == Primitive.TIMESTAMPTZ;
    }

    private @Nullable Object number(String text, RoundingMode whole) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (type == Primitive.INT) {
                return number.setScale(0, whole).intValueExact();
            }
            if (type == Primitive.LONG) {
                return number.setScale(0, whole).longValueExact();
            }
            if (type == Primitive.FLOAT || type == Primitive.DOUBLE) {
                return type == Primitive.FLOAT ? (Object) number.floatValue() : (Object) number.doubleValue();
            }
            return type instanceof DataType.Decimal ? number : null;
        } catch (ArithmeticException | NumberFormatException notOfThisType) {
            return null;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void checkOrder(@Nullable Object low, @Nullable Object high) {
        if (low instanceof Comparable smallest && high != null && smallest.compareTo(high) > 0) {
            problems.error(
                    options.place(), "the smallest value allowed is above the largest: no value can satisfy both");
        }
    }

    private @Nullable Integer size(String... keys) {
        for (String key : keys) {
            String text = options.text(key).orElse(null);
            if (text != null) {
                return size(key, text);
            }
        }
        return null;
    }

    private @Nullable Integer size(String key, String text) {
        try {
            int size = new BigDecimal(text).intValueExact();
            if (size >= 0) {
                return size;
            }
        } catch (ArithmeticException | NumberFormatException notASize) {
            // reported below, as a negative one is
        }
        problems.error(options.placeOf(key), key + " is no whole number from 0, found " + Names.quoted(text));
        return null;
    }

    private @Nullable BigDecimal multipleOf() {
        String text = options.text("multipleOf").orElse(null);
        if (text == null) {
            return null;
        }
        try {
            BigDecimal unit = new BigDecimal(text);
            if (unit.signum() > 0) {
                return unit;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, as zero is
        }
        problems.error(options.placeOf("multipleOf"), "multipleOf is no number above 0, found " + Names.quoted(text));
        return null;
    }

    private @Nullable String pattern() {
        return options.text("pattern")
                .filter(pattern -> isPattern(pattern, options, problems))
                .orElse(null);
    }

    /** Whether a text is an RE2 expression; reports why not at the key {@code pattern}. */
    static boolean isPattern(String pattern, Node.Mapping node, Problems problems) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            problems.error(
                    node.placeOf("pattern"),
                    "not a regular expression of RE2 (which has no lookaround and no back references): "
                            + e.getDescription());
            return false;
        }
    }

    private @Nullable String format() {
        String format = options.text("format").orElse(null);
        if (format == null || isTemporal()) {
            return null;
        }
        List<String> known = type == Primitive.STRING
                ? Arrays.stream(StringFormat.values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList()
                : WIDTHS.stream().sorted().toList();
        if (known.contains(format)) {
            return format;
        }
        problems.warning(
                options.placeOf("format"),
                "format " + Names.quoted(format) + " is not checked, only " + String.join(", ", known) + " are"
                        + NearMatch.hint(format, known));
        return null;
    }

    private List<String> required(Set<String> fields) {
        List<String> names = options.list("required").stream()
                .flatMap(node ->
                        node instanceof Node.Scalar scalar ? scalar.text().stream() : java.util.stream.Stream.empty())
                .toList();
        if (!fields.isEmpty()) {
            names.stream()
                    .filter(name -> !fields.contains(name))
                    .forEach(name -> problems.error(
                            options.placeOf("required"),
                            "required names " + Names.quoted(name) + ", which is no property of it"
                                    + NearMatch.hint(name, fields)));
        }
        return names;
    }
}
