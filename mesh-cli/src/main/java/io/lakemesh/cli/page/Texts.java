package io.lakemesh.cli.page;

import io.lakemesh.check.CheckResult.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, times and outcomes in the page's words. */
final class Texts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int DECIMALS = 2;

    private Texts() {}

    static String count(long rows) {
        return String.format(Locale.ENGLISH, "%,d", rows);
    }

    static String number(@Nullable BigDecimal value) {
        return value == null
                ? "–"
                : value.setScale(Math.min(Math.max(value.scale(), 0), DECIMALS), RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String share(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ENGLISH, "%.1f %%", 100.0 * part / whole);
    }

    /** The style class of an outcome. */
    static String kind(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "good";
            case WARNED -> "warning";
            case FAILED -> "bad";
            case NOT_CHECKED -> "none";
        };
    }

    static String words(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "✓ holds";
            case WARNED -> "▲ warns";
            case FAILED -> "✕ refuses";
            case NOT_CHECKED -> "○ not checked";
        };
    }
}
