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
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A mask, compiled for a type: overwrites a column's values in place. */
@FunctionalInterface
public interface Masking {
    void apply(Vector column, int rows);

    /** Compiles a mask that has no fault for the type. */
    static Masking of(Mask mask, DataType type) {
        if (mask == Mask.Plain.CLEAR) {
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
        return doubles(
                digits < 0 ? value -> towardsZero(value / power) * power : value -> towardsZero(value * power) / power);
    }

    private static double towardsZero(double value) {
        return Math.signum(value) * Math.floor(Math.abs(value));
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
            return objects(value -> {
                BigDecimal bound = lower(bounds, (BigDecimal) value);
                return bound == null ? null : bound.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
            });
        }
        return (column, rows) -> {
            for (int row = 0; row < rows; row++) {
                if (!column.isNull(row)) {
                    setBound(column, row, bounds);
                }
            }
        };
    }

    private static void setBound(Vector column, int row, List<BigDecimal> bounds) {
        if (column instanceof DoubleVector doubles) {
            double value = doubles.value(row);
            BigDecimal bound = Double.isNaN(value) ? null : lower(bounds, value);
            column.set(row, bound == null ? null : (Object) bound.doubleValue());
        } else {
            BigDecimal bound = lower(bounds, BigDecimal.valueOf(((LongVector) column).value(row)));
            column.set(row, bound == null ? null : (Object) bound.longValueExact());
        }
    }

    private static @Nullable BigDecimal lower(List<BigDecimal> bounds, BigDecimal value) {
        return bounds.stream()
                .filter(bound -> bound.compareTo(value) <= 0)
                .reduce((before, bound) -> bound)
                .orElse(null);
    }

    private static @Nullable BigDecimal lower(List<BigDecimal> bounds, double value) {
        return bounds.stream()
                .filter(bound -> bound.doubleValue() <= value)
                .reduce((before, bound) -> bound)
                .orElse(null);
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

    private static Masking doubles(DoubleUnaryOperator change) {
        return (column, rows) -> {
            DoubleVector doubles = (DoubleVector) column;
            boolean single = doubles.type() == Primitive.FLOAT;
            for (int row = 0; row < rows; row++) {
                if (!doubles.isNull(row)) {
                    double changed = change.applyAsDouble(doubles.value(row));
                    doubles.setValue(row, single ? (float) changed : changed);
                }
            }
        };
    }
}
