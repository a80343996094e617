package io.lakemesh.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Vector;
import io.lakemesh.mask.Mask.Truncated.Unit;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static final int ROWS = 50;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void showsWhatTheOracleShows(long seed) {
        RandomMasks random = new RandomMasks(seed);
        for (DataType type : RandomMasks.types()) {
            for (int i = 0; i < 100; i++) {
                Mask mask = random.of(type);
                List<@Nullable Object> values = new ArrayList<>();
                Vector column = Vector.of(type, ROWS);
                for (int row = 0; row < ROWS; row++) {
                    values.add(random.value(type));
                    column.set(row, values.get(row));
                }
                Masking.of(mask, type).apply(column, ROWS);
                for (int row = 0; row < ROWS; row++) {
                    assertThat(column.get(row))
                            .as("seed %d: %s of %s, a %s", seed, mask, values.get(row), type)
                            .isEqualTo(oracle(mask, values.get(row)));
                }
            }
        }
    }

    @Test
    void leavesRowsBehindTheBatchAlone() {
        Vector column = Vector.of(Primitive.STRING, 2);
        column.set(0, "a");
        column.set(1, "b");
        Masking.of(Mask.Plain.NULL, Primitive.STRING).apply(column, 1);
        assertThat(column.get(0)).isNull();
        assertThat(column.get(1)).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "8.2, 2, 8.2",
        "-8.2, 2, -8.2",
        "0.29, 2, 0.29",
        "0.299, 2, 0.29",
        "-0.57, 1, -0.5",
        "1e300, 15, 1e300",
        "-0.5, 0, 0",
        "123.4, -2, 100",
        "9007199254740993, 3, 9007199254740993",
    })
    void cutsNumbersAsTheyAreWritten(double value, int digits, double shown) {
        assertThat(shown(new Mask.Rounded(digits), Primitive.DOUBLE, value)).hasValue(shown);
    }

    @Test
    void cutsFloatsAsTheyAreWritten() {
        assertThat(shown(new Mask.Rounded(2), Primitive.FLOAT, 8.2f)).hasValue(8.2f);
        assertThat(shown(new Mask.Rounded(1), Primitive.FLOAT, 51.4783f)).hasValue(51.4f);
    }

    @ParameterizedTest
    @CsvSource({
        "first(2), \uD83D\uDE00\uD83D\uDE01\uD83D\uDE02, \uD83D\uDE00\uD83D\uDE01***",
        "last(2), \uD83D\uDE00\uD83D\uDE01\uD83D\uDE02, ***\uD83D\uDE01\uD83D\uDE02",
        "last(2), \uD83D\uDE00\uD83D\uDE01, ***",
        "first(3), abc, ***",
    })
    void countsCodePointsNotHalvesOfThem(String mask, String text, String shown) {
        assertThat(shown(Mask.parse(mask), Primitive.STRING, text)).hasValue(shown);
    }

    /** What a mask shows of one value; empty for null. */
    static Optional<Object> shown(Mask mask, DataType type, @Nullable Object value) {
        Vector column = Vector.of(type, 1);
        column.set(0, value);
        Masking.of(mask, type).apply(column, 1);
        return Optional.ofNullable(column.get(0));
    }

    private static @Nullable Object oracle(Mask mask, @Nullable Object value) {
        if (mask instanceof Mask.Constant constant) {
            return constant.text();
        }
        if (value == null || mask == Mask.Plain.NULL) {
            return null;
        }
        if (mask instanceof Mask.Part part) {
            return part(part, ((String) value).codePoints().toArray());
        }
        if (mask instanceof Mask.Rounded rounded) {
            return isFinite(value) ? ofClass(value, cut(number(value), rounded.digits())) : value;
        }
        if (mask instanceof Mask.Truncated truncated) {
            return truncated(truncated.unit(), value);
        }
        return mask instanceof Mask.Banded banded ? banded(banded.bounds(), value) : value;
    }

    private static String part(Mask.Part part, int[] text) {
        int n = part.length();
        if (text.length <= n) {
            return "***";
        }
        return part.side() == Mask.Part.Side.FIRST
                ? new String(text, 0, n) + "***"
                : "***" + new String(text, text.length - n, n);
    }

    private static BigDecimal cut(BigDecimal number, int digits) {
        BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-digits);
        return number.subtract(number.remainder(step));
    }

    private static Object truncated(Unit unit, Object value) {
        if (value instanceof LocalDate date) {
            return LocalDate.of(date.getYear(), unit == Unit.YEAR ? 1 : date.getMonthValue(), 1);
        }
        LocalDateTime time =
                value instanceof OffsetDateTime instant ? instant.toLocalDateTime() : (LocalDateTime) value;
        LocalDateTime began = LocalDateTime.of(
                time.getYear(),
                unit == Unit.YEAR ? 1 : time.getMonthValue(),
                unit == Unit.YEAR || unit == Unit.MONTH ? 1 : time.getDayOfMonth(),
                unit == Unit.HOUR ? time.getHour() : 0,
                0);
        return value instanceof OffsetDateTime ? began.atOffset(ZoneOffset.UTC) : began;
    }

    private static @Nullable Object banded(List<BigDecimal> bounds, Object value) {
        if (!isFinite(value)) {
            return (Double) value > 0 ? ofClass(value, bounds.get(bounds.size() - 1)) : null;
        }
        BigDecimal found = null;
        for (BigDecimal bound : bounds) {
            found = bound.compareTo(number(value)) <= 0 ? bound : found;
        }
        return found == null ? null : ofClass(value, found);
    }

    private static boolean isFinite(Object value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    private static Object ofClass(Object like, BigDecimal number) {
        if (like instanceof Integer) {
            return number.intValueExact();
        }
        if (like instanceof Long) {
            return number.longValueExact();
        }
        if (like instanceof Float) {
            return number.floatValue();
        }
        return like instanceof BigDecimal decimal ? number.setScale(decimal.scale()) : (Object) number.doubleValue();
    }
}
