package io.lakemesh.predicate;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.time.LocalDate;

/** Parts of dates, times and timestamps as a {@link io.lakemesh.batch.LongVector} stores them; of instants, in UTC. */
record TemporalParts(long unitsOfDay) {
    private static final long MICROS_OF_HOUR = 3_600_000_000L;
    private static final long MICROS_OF_DAY = 24 * MICROS_OF_HOUR;

    static TemporalParts of(DataType type) {
        return new TemporalParts(type == Primitive.DATE ? 1 : MICROS_OF_DAY);
    }

    long year(long stored) {
        return date(stored).getYear();
    }

    long month(long stored) {
        return date(stored).getMonthValue();
    }

    long day(long stored) {
        return date(stored).getDayOfMonth();
    }

    long hour(long stored) {
        return Math.floorMod(stored, MICROS_OF_DAY) / MICROS_OF_HOUR;
    }

    private LocalDate date(long stored) {
        return LocalDate.ofEpochDay(Math.floorDiv(stored, unitsOfDay));
    }
}
