package io.lakemesh.contract;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Formats of dates and times in a contract, and the bounds written in them. */
final class TemporalFormat {
    private static final String ZONE_LETTERS = "XxZOVz";

    private TemporalFormat() {}

    /** Why a format is none; empty if it is one. */
    static Optional<String> fault(String pattern) {
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            return formatter.toString().isEmpty() ? Optional.of("it is empty") : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether texts of this format say their offset or zone. */
    static boolean hasOffset(String pattern) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && ZONE_LETTERS.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** A bound in the class of its column's type: in the declared format, or else in ISO 8601 with a T or a blank. */
    static Optional<Object> bound(String text, DataType type, @Nullable String pattern, ZoneId zone) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        return Optional.ofNullable(pattern)
                .flatMap(format -> parsed(text, type, DateTimeFormatter.ofPattern(format, Locale.ROOT), zone))
                .or(() -> parsed(iso, type, isoFormat(type), zone))
                .or(() -> parsed(iso, Primitive.DATE, DateTimeFormatter.ISO_DATE, zone)
                        .flatMap(date -> startOf((LocalDate) date, type, zone)));
    }

    private static DateTimeFormatter isoFormat(DataType type) {
        return type == Primitive.DATE
                ? DateTimeFormatter.ISO_DATE
                : type == Primitive.TIME ? DateTimeFormatter.ISO_LOCAL_TIME : DateTimeFormatter.ISO_DATE_TIME;
    }

    private static Optional<Object> parsed(String text, DataType type, DateTimeFormatter formatter, ZoneId zone) {
        try {
            return converted(formatter, text, type, zone);
        } catch (DateTimeException notOfThisForm) {
            return Optional.empty();
        }
    }

    private static Optional<Object> converted(DateTimeFormatter formatter, String text, DataType type, ZoneId zone) {
        if (type == Primitive.DATE) {
            return Optional.of(LocalDate.from(formatter.parse(text)));
        }
        if (type == Primitive.TIME) {
            return Optional.of(LocalTime.from(formatter.parse(text)).truncatedTo(ChronoUnit.MICROS));
        }
        TemporalAccessor found =
                formatter.parseBest(text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
        if (type == Primitive.TIMESTAMP) {
            return found instanceof LocalDateTime local
                    ? Optional.of(local.truncatedTo(ChronoUnit.MICROS))
                    : Optional.empty();
        }
        OffsetDateTime instant = found instanceof LocalDateTime local
                ? local.atZone(zone).toOffsetDateTime()
                : OffsetDateTime.from(found);
        return Optional.of(instant.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
    }

    private static Optional<Object> startOf(LocalDate date, DataType type, ZoneId zone) {
        if (type == Primitive.TIMESTAMP) {
            return Optional.of(date.atStartOfDay());
        }
        return type == Primitive.TIMESTAMPTZ
                ? Optional.of(date.atStartOfDay(zone).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC))
                : Optional.empty();
    }
}
