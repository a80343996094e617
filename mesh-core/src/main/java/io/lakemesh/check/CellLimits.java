package io.lakemesh.check;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.contract.Limits;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A type's limits, compiled: each names the rule that it is. */
final class CellLimits {
    private final DataType type;
    private final String path;
    private final List<Limit> limits = new ArrayList<>();
    private boolean dear;

    private CellLimits(DataType type, String path) {
        this.type = type;
        this.path = path;
    }

    static CellLimits of(DataType type, Limits limits, String path) {
        CellLimits compiled = new CellLimits(type, path);
        compiled.addBounds(limits);
        compiled.addSizes(limits);
        compiled.addMultiple(limits.multipleOf());
        compiled.addTexts(limits);
        compiled.addNested(limits);
        return compiled;
    }

    /** Adds a reason for each limit that a present value breaks. */
    void check(Cell cell) {
        for (Limit limit : limits) {
            if (!limit.test.test(cell)) {
                cell.fail(limit.reason);
            }
        }
    }

    /** Whether a present value keeps to all limits. */
    boolean hold(Cell cell) {
        for (Limit limit : limits) {
            if (!limit.test.test(cell)) {
                return false;
            }
        }
        return true;
    }

    boolean areDear() {
        return dear;
    }

    private void add(String rule, String message, Predicate<Cell> test) {
        limits.add(new Limit(new Reason(path + "." + rule, path, message), test));
    }

    private void addBounds(Limits asked) {
        addBound("minimum", "less than ", asked.minimum(), order -> order >= 0);
        addBound("exclusiveMinimum", "not greater than ", asked.exclusiveMinimum(), order -> order > 0);
        addBound("maximum", "greater than ", asked.maximum(), order -> order <= 0);
        addBound("exclusiveMaximum", "not less than ", asked.exclusiveMaximum(), order -> order < 0);
    }

    private void addBound(String rule, String words, @Nullable Object bound, IntPredicate holds) {
        if (bound != null) {
            add(rule, words + bound, comparison(bound, holds));
        }
    }

    @SuppressWarnings("unchecked")
    private Predicate<Cell> comparison(Object bound, IntPredicate holds) {
        Vector one = Vector.of(type, 1);
        one.set(0, bound);
        if (one instanceof LongVector longs) {
            long limit = longs.value(0);
            return cell -> holds.test(Long.compare(cell.whole, limit));
        }
        if (one instanceof DoubleVector doubles) {
            double limit = doubles.value(0);
            return cell -> holds.test(Double.compare(cell.number + 0.0, limit + 0.0));
        }
        return cell -> holds.test(((Comparable<Object>) Objects.requireNonNull(cell.object)).compareTo(bound));
    }

    private void addSizes(Limits asked) {
        Integer least = asked.minSize();
        Integer most = asked.maxSize();
        if (least != null) {
            add("min" + sizeName(), sizeWords("fewer", least), cell -> size(cell) >= least);
        }
        if (most != null) {
            add("max" + sizeName(), sizeWords("more", most), cell -> size(cell) <= most);
        }
        dear |= least != null || most != null;
    }

    private String sizeName() {
        if (type instanceof DataType.ListOf) {
            return "Items";
        }
        return type.isPrimitive() ? "Length" : "Properties";
    }

    private String sizeWords(String comparative, int limit) {
        String unit = type instanceof DataType.ListOf ? "items" : type.isPrimitive() ? "characters" : "properties";
        return comparative + " than " + limit + " " + unit;
    }

    private static int size(Cell cell) {
        Object value = Objects.requireNonNull(cell.object);
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Collection<?> items) {
            return items.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof Row row
                ? (int) row.values().stream().filter(Objects::nonNull).count()
                : ((java.nio.ByteBuffer) value).remaining();
    }

    private void addMultiple(@Nullable BigDecimal divisor) {
        if (divisor != null) {
            add("multipleOf", "not a multiple of " + divisor.toPlainString(), multiple(divisor));
            dear = true;
        }
    }

    private Predicate<Cell> multiple(BigDecimal divisor) {
        if (type instanceof DataType.Decimal) {
            return cell -> isMultiple((BigDecimal) Objects.requireNonNull(cell.object), divisor);
        }
        return type == DataType.Primitive.DOUBLE || type == DataType.Primitive.FLOAT
                ? cell -> isMultiple(decimal(cell.number), divisor)
                : cell -> isMultiple(BigDecimal.valueOf(cell.whole), divisor);
    }

    /** The decimal number that people write for this one: 0.3 is a multiple of 0.1. */
    private BigDecimal decimal(double number) {
        return type == DataType.Primitive.FLOAT
                ? new BigDecimal(Float.toString((float) number))
                : BigDecimal.valueOf(number);
    }

    private static boolean isMultiple(BigDecimal value, BigDecimal divisor) {
        return divisor.signum() != 0 && value.remainder(divisor).signum() == 0;
    }

    private void addTexts(Limits asked) {
        String pattern = asked.pattern();
        if (pattern != null && type == DataType.Primitive.STRING) {
            TextPattern compiled = TextPattern.of(pattern, path);
            add("pattern", "does not match the pattern " + pattern, cell -> compiled.matches(text(cell)));
            dear = true;
        }
        String format = asked.format();
        if (format != null) {
            Predicate<Cell> test = ValueFormats.of(type, format);
            if (test != null) {
                add("format", "not of the format " + format, test);
                dear |= type == DataType.Primitive.STRING;
            }
        }
    }

    private static String text(Cell cell) {
        return (String) Objects.requireNonNull(cell.object);
    }

    private void addNested(Limits asked) {
        if (asked.uniqueItems()) {
            add("uniqueItems", "some items are equal", cell -> hasUniqueItems(cell.object));
        }
        for (String name : asked.requiredProperties()) {
            Reason reason = new Reason(path + "." + name + ".required", path, "no value, but one is required");
            limits.add(new Limit(reason, cell -> hasProperty(cell.object, name)));
        }
    }

    private static boolean hasUniqueItems(@Nullable Object value) {
        return !(value instanceof Collection<?> items) || new HashSet<>(items).size() == items.size();
    }

    private static boolean hasProperty(@Nullable Object value, String name) {
        if (value instanceof Row row) {
            int position = row.names().indexOf(name);
            return position >= 0 && row.get(position) != null;
        }
        return value instanceof Map<?, ?> map && map.get(name) != null;
    }

    private record Limit(Reason reason, Predicate<Cell> test) {}
}
