package io.lakemesh.mask;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.mask.Mask.Part.Side;
import io.lakemesh.mask.Mask.Truncated.Unit;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A mask, compiled for a type: overwrites a column's values in place. */
@FunctionalInterface
public interface Masking {
    /** From here on doubles have no digit that could be cut; nor have infinities and NaN. */
    double EXACT = 0x1p53;

    void apply(Vector column, int rows);

    /** Compiles a mask that has no fault for the type. */
    static Masking of(Mask mask, DataType type) {
        if (mask == Mask.Plain.CLEAR || mask instanceof Mask.StandIn) {
            return (column, rows) -> {};
        }
        if (mask == Mask.Plain.NULL) {
            return (column, rows) -> {
                for (int row = 0; row < rows; row++) {
                    column.setNull(row);
                }
            };
        }
        if (mask instanceof Mask.Constant constant) {
            return (column, rows) -> {
                for (int row = 0; row < rows; row++) {
                    column.set(row, constant.text());
                }
            };
        }
        if (mask instanceof Mask.Part part) {
            return objects(value -> shown((String) value, part));
        }
        if (mask instanceof Mask.Rounded rounded) {
            return rounded(rounded.digits(), type);
        }
        return mask instanceof Mask.Truncated truncated
                ? longs(truncation(truncated.unit(), type))
                : banded(((Mask.Banded) mask).bounds(), type);
    }

    /** A masking of a column of strings, which are changed one by one. */
    static Masking ofTexts(UnaryOperator<String> change) {
        return (column, rows) -> {
            for (int row = 0; row < rows; row++) {
                if (column.get(row) instanceof String text) {
                    column.set(row, change.apply(text));
                }
            }
        };
    }

    private static String shown(String text, Mask.Part part) {
        int length = text.codePointCount(0, text.length());
        if (length <= part.length()) {
            return Mask.HIDDEN;
        }
        return part.side() == Side.FIRST
                ? text.substring(0, text.offsetByCodePoints(0, part.length())) + Mask.HIDDEN
                : Mask.HIDDEN + text.substring(text.offsetByCodePoints(text.length(), -part.length()));
    }

    private static Masking rounded(int digits, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return objects(value -> ((BigDecimal) value)
                    .setScale(digits, RoundingMode.DOWN)
                    .setScale(decimal.scale(), RoundingMode.UNNECESSARY));
        }
        if (Numbers.isWhole(type)) {
            long step = BigDecimal.TEN.pow(-digits).longValueExact();
            return longs(value -> value - value % step);
        }
        double power = BigDecimal.TEN.pow(Math.abs(digits)).doubleValue();
        DoubleUnaryOperator steps = digits < 0 ? size -> size / power : size -> size * power;
        DoubleUnaryOperator number = digits < 0 ? step -> step * power : step -> step / power;
        return doubles(type == Primitive.FLOAT ? number.andThen(wide -> (float) wide) : number, steps);
    }

    /** The last number of so many digits that is not beyond the value: 8.2 for 8.2, though 8.2 * 100 is a little less than 820. */
    private static double cut(double value, DoubleUnaryOperator number, DoubleUnaryOperator steps) {
        double size = Math.abs(value);
        double step = Math.floor(steps.applyAsDouble(size)) + 1;
        if (!(step < EXACT)) {
            return value;
        }
        while (number.applyAsDouble(step) > size) {
            step--;
        }
        return step == 0 ? 0 : Math.copySign(number.applyAsDouble(step), value);
    }

    private static LongUnaryOperator truncation(Unit unit, DataType type) {
        if (type == Primitive.DATE) {
            return day -> began(unit, day);
        }
        long hour = 3_600_000_000L;
        long day = 24 * hour;
        return unit == Unit.HOUR
                ? micros -> micros - Math.floorMod(micros, hour)
                : micros -> began(unit, Math.floorDiv(micros, day)) * day;
    }

    private static long began(Unit unit, long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return switch (unit) {
            case YEAR -> date.withDayOfYear(1).toEpochDay();
            case MONTH -> date.withDayOfMonth(1).toEpochDay();
            case DAY, HOUR -> epochDay;
        };
    }

    private static Masking banded(List<BigDecimal> bounds, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            BigDecimal[] lower = bounds.stream()
                    .map(bound -> bound.setScale(decimal.scale(), RoundingMode.UNNECESSARY))
                    .toArray(BigDecimal[]::new);
            return objects(value -> {
                int band = band(lower.length, i -> lower[i].compareTo((BigDecimal) value) <= 0);
                return band < 0 ? null : lower[band];
            });
        }
        if (type == Primitive.DOUBLE) {
            double[] lower =
                    bounds.stream().mapToDouble(BigDecimal::doubleValue).toArray();
            return (column, rows) -> banded((DoubleVector) column, rows, lower);
        }
        long[] lower = bounds.stream().mapToLong(BigDecimal::longValueExact).toArray();
        return (column, rows) -> banded((LongVector) column, rows, lower);
    }

    private static void banded(DoubleVector column, int rows, double[] lower) {
        for (int row = 0; row < rows; row++) {
            double value = column.value(row);
            int band = column.isNull(row) ? -1 : band(lower.length, i -> lower[i] <= value);
            if (band < 0) {
                column.setNull(row);
            } else {
                column.setValue(row, lower[band]);
            }
        }
    }

    private static void banded(LongVector column, int rows, long[] lower) {
        for (int row = 0; row < rows; row++) {
            long value = column.value(row);
            int band = column.isNull(row) ? -1 : band(lower.length, i -> lower[i] <= value);
            if (band < 0) {
                column.setNull(row);
            } else {
                column.setValue(row, lower[band]);
            }
        }
    }

    /** The last band that a value reaches; -1 for none, as for NaN. */
    private static int band(int bands, IntPredicate reaches) {
        int band = bands - 1;
        while (band >= 0 && !reaches.test(band)) {
            band--;
        }
        return band;
    }

    private static Masking objects(UnaryOperator<@Nullable Object> change) {
        return (column, rows) -> {
            for (int row = 0; row < rows; row++) {
                if (!column.isNull(row)) {
                    column.set(row, change.apply(column.get(row)));
                }
            }
        };
    }

    private static Masking longs(LongUnaryOperator change) {
        return (column, rows) -> {
            LongVector longs = (LongVector) column;
            for (int row = 0; row < rows; row++) {
                if (!longs.isNull(row)) {
                    longs.setValue(row, change.applyAsLong(longs.value(row)));
                }
            }
        };
    }

    private static Masking doubles(DoubleUnaryOperator number, DoubleUnaryOperator steps) {
        return (column, rows) -> {
            DoubleVector doubles = (DoubleVector) column;
            for (int row = 0; row < rows; row++) {
                if (!doubles.isNull(row)) {
                    doubles.setValue(row, cut(doubles.value(row), number, steps));
                }
            }
        };
    }
}
