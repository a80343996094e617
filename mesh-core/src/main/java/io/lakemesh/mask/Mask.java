package io.lakemesh.mask;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a reader is shown in the place of a value. A mask keeps its column's type; null stays null, except under a constant.
 * {@code toString()} gives the text that policies hold, which parses to an equal mask.
 */
public sealed interface Mask {
    /** What stands for the hidden part of a text. */
    String HIDDEN = "***";

    /** Reads a mask's text; throws {@link io.lakemesh.error.InvalidInputException} with what was expected. */
    static Mask parse(String text) {
        return MaskText.parse(text);
    }

    /** Why it cannot stand in for values of a type; empty if it can. */
    default Optional<String> fault(DataType type) {
        return Optional.empty();
    }

    /** Whether it shows nothing that the other does not show. */
    default boolean isAtLeastAsStrictAs(Mask other) {
        return other == Plain.CLEAR || equals(other) || isCoarserThan(other);
    }

    /** Whether it shows a part only of what the other, a mask of some kind, shows. */
    default boolean isCoarserThan(Mask other) {
        return false;
    }

    /** {@code clear}, the value as it is, and {@code null}, nothing at all: of any type. */
    enum Plain implements Mask {
        CLEAR,
        NULL;

        @Override
        public boolean isCoarserThan(Mask other) {
            return this == NULL;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * {@code pseudonym}, {@code token}: what is stored in the place of the value, as it is. Only for columns that are protected so;
     * no key is needed to show it.
     */
    enum StandIn implements Mask {
        PSEUDONYM,
        TOKEN;

        @Override
        public Optional<String> fault(DataType type) {
            return type == Primitive.STRING ? Optional.empty() : Optional.of("is for strings");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code constant('text')}: the same for every row, null or not. */
    record Constant(String text) implements Mask {
        @Override
        public Optional<String> fault(DataType type) {
            return type == Primitive.STRING ? Optional.empty() : Optional.of("is for strings");
        }

        @Override
        public boolean isCoarserThan(Mask other) {
            return true;
        }

        @Override
        public String toString() {
            return "constant('" + text.replace("'", "''") + "')";
        }
    }

    /**
     * {@code first(n)}, {@code last(n)}: some characters of a text that is longer, with {@link #HIDDEN} for the rest. Of fewer
     * characters none is stricter: {@code last(2)} shows two of a text of three, of which {@code last(4)} shows none.
     */
    record Part(Side side, int length) implements Mask {
        /** Where the shown characters stand. */
        public enum Side {
            FIRST,
            LAST
        }

        @Override
        public Optional<String> fault(DataType type) {
            return type == Primitive.STRING ? Optional.empty() : Optional.of("is for strings");
        }

        @Override
        public String toString() {
            return side.name().toLowerCase(Locale.ROOT) + "(" + length + ")";
        }
    }

    /** {@code round(n)}: a number towards zero, to n digits after the point; of negative n to tens, hundreds, ... */
    record Rounded(int digits) implements Mask {
        @Override
        public Optional<String> fault(DataType type) {
            boolean floating = type == Primitive.DOUBLE || type == Primitive.FLOAT;
            int scale = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
            boolean number = floating || Numbers.isWhole(type) || type instanceof DataType.Decimal;
            if (!number) {
                return Optional.of("is for numbers");
            }
            return floating || digits < scale
                    ? Optional.empty()
                    : Optional.of("leaves every " + type + " as it is; take fewer digits");
        }

        @Override
        public boolean isCoarserThan(Mask other) {
            return other instanceof Rounded rounded && digits <= rounded.digits;
        }

        @Override
        public String toString() {
            return "round(" + digits + ")";
        }
    }

    /** {@code year}, {@code month}, {@code day}, {@code hour}: when that began in which something was, in UTC. */
    record Truncated(Unit unit) implements Mask {
        /** From the coarsest. */
        public enum Unit {
            YEAR,
            MONTH,
            DAY,
            HOUR
        }

        @Override
        public Optional<String> fault(DataType type) {
            if (type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ) {
                return Optional.empty();
            }
            if (type != Primitive.DATE) {
                return Optional.of("is for dates and timestamps");
            }
            return unit.compareTo(Unit.MONTH) <= 0 ? Optional.empty() : Optional.of("leaves every date as it is");
        }

        @Override
        public boolean isCoarserThan(Mask other) {
            return other instanceof Truncated truncated && unit.compareTo(truncated.unit) <= 0;
        }

        @Override
        public String toString() {
            return unit.name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code bands(a, b, ...)}: the lower bound of the band that a number falls into, null below the first; ascending. */
    record Banded(List<BigDecimal> bounds) implements Mask {
        public Banded {
            bounds = List.copyOf(bounds);
        }

        @Override
        public Optional<String> fault(DataType type) {
            if (type == Primitive.DOUBLE) {
                return Optional.empty();
            }
            if (!Numbers.isWhole(type) && !(type instanceof DataType.Decimal)) {
                return Optional.of("is for whole numbers, decimals and doubles");
            }
            return bounds.stream().allMatch(bound -> Numbers.fits(bound, type))
                    ? Optional.empty()
                    : Optional.of("has bounds that are no " + type);
        }

        @Override
        public boolean isCoarserThan(Mask other) {
            return other instanceof Banded banded && banded.bounds.containsAll(bounds);
        }

        @Override
        public String toString() {
            return bounds.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", ", "bands(", ")"));
        }
    }
}
