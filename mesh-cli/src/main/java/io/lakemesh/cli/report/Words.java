package io.lakemesh.cli.report;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable.Cell;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How numbers, times and outcomes read in every command's text. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_%+:,./@][A-Za-z0-9_%+:,./@=-]*");
    private static final int DECIMALS = 3;
    private static final int DIGEST = 12;

    private Words() {}

    static String count(long rows) {
        return String.format(Locale.ENGLISH, "%,d", rows);
    }

    /** {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String number(@Nullable BigDecimal value) {
        return value == null
                ? "-"
                : value.setScale(Math.min(Math.max(value.scale(), 0), DECIMALS), RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String digest(String digest) {
        return digest.length() > DIGEST ? digest.substring(0, DIGEST) : digest;
    }

    static String rows(RowCounts rows) {
        return count(rows.read()) + " read = " + count(rows.published()) + " published + " + count(rows.quarantined())
                + " quarantined" + (rows.withheld() == 0 ? "" : " + " + count(rows.withheld()) + " withheld");
    }

    /** A word as shells take it: in quotes where it holds more than they leave alone. */
    static String shell(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    static Cell outcome(CheckResult check) {
        return switch (check.outcome()) {
            case PASSED -> new Cell(Style.GOOD, "ok");
            case WARNED -> new Cell(Style.WARNING, "warns");
            case FAILED -> new Cell(Style.BAD, "refuses");
            case NOT_CHECKED -> new Cell(Style.FAINT, "not checked");
        };
    }
}
