package io.lakemesh.history;

import io.lakemesh.error.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** How somebody names a release; {@code toString()} gives a text for people. */
public sealed interface ReleaseRef {
    /** The newest release. */
    record Latest() implements ReleaseRef {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /** By number, as in {@code 3} or the tag {@code r3}. */
    record Numbered(long release) implements ReleaseRef {
        @Override
        public String toString() {
            return "r" + release;
        }
    }

    /** The newest one that was published at or before a time. */
    record AsOf(Instant time) implements ReleaseRef {
        @Override
        public String toString() {
            return "as of " + time;
        }
    }

    /** The newest one that one of its tables' snapshots belongs to, as in {@code snapshot:6131337458}. */
    record Snapshot(long id) implements ReleaseRef {
        @Override
        public String toString() {
            return "snapshot:" + id;
        }
    }

    Pattern NUMBER = Pattern.compile("r?([1-9][0-9]{0,17})");
    Pattern SNAPSHOT = Pattern.compile("snapshot:([0-9]{1,18}|[1-8][0-9]{18}|9[01][0-9]{17}|92[01][0-9]{16})");

    /**
     * Parses {@code latest}, {@code 3}, {@code r3}, a date (its end, UTC), an ISO 8601 time with offset, or
     * {@code snapshot:ID}.
     *
     * @throws InvalidInputException if it is none of these
     */
    static ReleaseRef parse(String text) {
        if (text.equals("latest")) {
            return new Latest();
        }
        java.util.regex.Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return new Numbered(Long.parseLong(number.group(1)));
        }
        java.util.regex.Matcher snapshot = SNAPSHOT.matcher(text);
        if (snapshot.matches()) {
            return new Snapshot(Long.parseLong(snapshot.group(1)));
        }
        return time(text);
    }

    private static ReleaseRef time(String text) {
        try {
            return new AsOf(
                    text.length() == 10
                            ? LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .minusNanos(1)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "Invalid release '" + text
                            + "': expected a number (3), a tag (r3), latest, a date or time (2026-01-31, 2026-01-31T12:00:00Z), or snapshot:ID",
                    e);
        }
    }
}
