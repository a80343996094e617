package io.lakemesh.check;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates, times and timestamps: by the declared pattern (strict, English names), otherwise ISO 8601, with a blank for the T if need
 * be. Blanks around them are no matter; what is finer than microseconds is cut off. A local time that its zone has twice is the
 * earlier one; one that its zone skips is refused, and so is an offset where the table's type has none (unless the pattern asks
 * for it: then it is the zone's local time).
 */
final class TemporalParser implements CellParser {
    private static final DateTimeFormatter ISO_TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .parseLenient()
            .appendOffsetId()
            .parseStrict()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final int SEPARATOR = 10;

    private final DataType.Primitive type;
    private final ZoneId zone;
    private final boolean declared;
    private final TimeFields.@Nullable Reader fast;
    private final DateTimeFormatter slow;
    private final TimeFields fields = new TimeFields();

    TemporalParser(ColumnContract column) {
        this.type = (DataType.Primitive) column.type();
        this.zone = column.zone();
        String pattern = column.format();
        this.declared = pattern != null;
        this.fast = pattern == null ? isoReader(type) : patternReader(type, pattern);
        this.slow = pattern == null ? isoFormatter(type) : formatter(column.name(), pattern);
    }

    private static TimeFields.Reader isoReader(DataType.Primitive type) {
        return switch (type) {
            case DATE -> IsoReaders::date;
            case TIME -> IsoReaders::time;
            default -> IsoReaders::dateTime;
        };
    }

    private static TimeFields.@Nullable Reader patternReader(DataType.Primitive type, String pattern) {
        boolean date = type != DataType.Primitive.TIME;
        return PatternReader.of(pattern, date, type != DataType.Primitive.DATE).orElse(null);
    }

    private static DateTimeFormatter isoFormatter(DataType.Primitive type) {
        return switch (type) {
            case DATE -> DateTimeFormatter.ISO_LOCAL_DATE;
            case TIME -> DateTimeFormatter.ISO_LOCAL_TIME;
            default -> ISO_TIMESTAMP;
        };
    }

    private static DateTimeFormatter formatter(String column, String pattern) {
        try {
            return DateTimeFormatter.ofPattern(prolepticYears(pattern), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "Invalid format of column " + column + ": " + pattern + " is no pattern of dates and times: "
                            + e.getMessage(),
                    e);
        }
    }

    /** A strict formatter takes {@code y}, the year of an era, only along with the era; everybody means {@code u}. */
    static String prolepticYears(String pattern) {
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == 'G' && !quoted) {
                return pattern;
            }
            out.append(c == 'y' && !quoted ? 'u' : c);
        }
        return out.toString();
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        int from = Utf8.trimStart(bytes, start, end);
        int to = Utf8.trimEnd(bytes, from, end);
        return (fast != null && fast.read(bytes, from, to, fields))
                ? setFields(out)
                : parseSlow(Utf8.decode(bytes, from, to), out);
    }

    private boolean setFields(Cell out) {
        switch (type) {
            case DATE -> out.setWhole(fields.epochDay());
            case TIME -> out.setWhole(fields.microsOfDay());
            case TIMESTAMPTZ -> {
                return setInstant(out);
            }
            default -> {
                return setLocal(out);
            }
        }
        return true;
    }

    private boolean setInstant(Cell out) {
        if (fields.hasOffset || zone.equals(ZoneOffset.UTC)) {
            out.setWhole(fields.utcMicros());
            return true;
        }
        return CivilTime.zoned(CivilTime.dateTime(fields.localMicros()), zone, out);
    }

    private boolean setLocal(Cell out) {
        if (fields.hasOffset) {
            return declared && setLocal(CivilTime.instant(fields.utcMicros()), out);
        }
        out.setWhole(fields.localMicros());
        return true;
    }

    private boolean setLocal(Instant instant, Cell out) {
        out.setWhole(CivilTime.micros(LocalDateTime.ofInstant(instant, zone)));
        return true;
    }

    private boolean parseSlow(String text, Cell out) {
        try {
            return set(slow.parse(declared ? text : withSeparator(text)), out);
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private String withSeparator(String text) {
        boolean blank = text.length() > SEPARATOR && text.charAt(SEPARATOR) == ' ';
        return blank ? text.substring(0, SEPARATOR) + 'T' + text.substring(SEPARATOR + 1) : text;
    }

    private boolean set(TemporalAccessor parsed, Cell out) {
        return switch (type) {
            case DATE -> accept(LocalDate.from(parsed), out);
            case TIME -> accept(LocalTime.from(parsed), out);
            default -> setTimestamp(parsed, out);
        };
    }

    private boolean setTimestamp(TemporalAccessor parsed, Cell out) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        LocalDateTime local = LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
        ZoneId parsedZone = parsed.query(TemporalQueries.zone());
        if (parsedZone == null) {
            return accept(local, out);
        }
        Instant instant = ZonedDateTime.of(local, parsedZone).toInstant();
        return type == DataType.Primitive.TIMESTAMPTZ ? accept(instant, out) : declared && setLocal(instant, out);
    }

    @Override
    public boolean accept(Object value, Cell out) {
        try {
            return switch (type) {
                case DATE -> value instanceof LocalDate date && setDate(date, out);
                case TIME -> value instanceof LocalTime time && setTime(time, out);
                case TIMESTAMPTZ -> acceptInstant(value, out);
                default -> value instanceof LocalDateTime local && setLocal(local, out);
            };
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean setDate(LocalDate date, Cell out) {
        out.setWhole(date.toEpochDay());
        return (int) date.toEpochDay() == date.toEpochDay();
    }

    private static boolean setTime(LocalTime time, Cell out) {
        out.setWhole(time.toNanoOfDay() / 1000);
        return true;
    }

    private static boolean setLocal(LocalDateTime local, Cell out) {
        out.setWhole(CivilTime.micros(local));
        return true;
    }

    private boolean acceptInstant(Object value, Cell out) {
        if (value instanceof LocalDateTime local) {
            return CivilTime.zoned(local, zone, out);
        }
        Instant instant = instant(value);
        if (instant != null) {
            out.setWhole(CivilTime.micros(instant));
        }
        return instant != null;
    }

    private static @Nullable Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        return value instanceof Instant instant ? instant : null;
    }

    /** The fast readers cost less than a look into a cache. */
    @Override
    public boolean worthCaching() {
        return fast == null;
    }
}
