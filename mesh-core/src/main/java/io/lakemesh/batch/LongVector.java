package io.lakemesh.batch;

import io.lakemesh.schema.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Whole numbers: boolean (0, 1), int, long, date (days since 1970-01-01), time (microseconds of the day), timestamp and
 * timestamptz (microseconds since 1970-01-01T00:00, UTC).
 */
public final class LongVector extends Vector {
    private static final long MICROS = 1_000_000L;

    private final long[] values;
    private final DataType.Primitive primitive;

    LongVector(DataType type, int capacity) {
        super(type, capacity);
        this.primitive = (DataType.Primitive) type;
        this.values = new long[capacity];
    }

    /** Undefined where the row is null. */
    public long value(int row) {
        return values[row];
    }

    public void setValue(int row, long value) {
        markPresent(row);
        values[row] = value;
    }

    @Override
    void copyPresent(int row, Vector source, int sourceRow) {
        values[row] = ((LongVector) source).values[sourceRow];
    }

    @Override
    Object box(int row) {
        long value = values[row];
        return switch (primitive) {
            case BOOLEAN -> value != 0;
            case INT -> (int) value;
            case LONG -> value;
            case DATE -> LocalDate.ofEpochDay(value);
            case TIME -> LocalTime.ofNanoOfDay(value * 1000);
            case TIMESTAMP -> LocalDateTime.ofEpochSecond(seconds(value), nanos(value), ZoneOffset.UTC);
            case TIMESTAMPTZ ->
                Instant.ofEpochSecond(seconds(value), nanos(value)).atOffset(ZoneOffset.UTC);
            default -> throw new IllegalStateException("Invalid type of a long vector: " + primitive);
        };
    }

    @Override
    void unbox(int row, Object value) {
        values[row] = switch (primitive) {
            case BOOLEAN -> (Boolean) value ? 1 : 0;
            case INT, LONG -> ((Number) value).longValue();
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIME -> ((LocalTime) value).toNanoOfDay() / 1000;
            case TIMESTAMP -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case TIMESTAMPTZ -> micros(((OffsetDateTime) value).toInstant());
            default -> throw new IllegalStateException("Invalid type of a long vector: " + primitive);
        };
    }

    private static long seconds(long micros) {
        return Math.floorDiv(micros, MICROS);
    }

    private static int nanos(long micros) {
        return (int) Math.floorMod(micros, MICROS) * 1000;
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
    }
}
