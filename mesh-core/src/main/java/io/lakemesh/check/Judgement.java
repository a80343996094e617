package io.lakemesh.check;

import io.lakemesh.contract.Rule.Threshold;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A measured number against its threshold.
 *
 * <p>A plain threshold compares the number of rows; with percent, their percentage of the run's rows (0 if there are none). One
 * relative to the median of the last releases compares, with percent, the number as a percentage of that median (100 is "as
 * always"), otherwise the difference from it in rows. The reported value of a relative one is the number of rows itself, so that
 * reports are the history of later runs; it is not checked while there is no history.
 *
 * @param value what is reported as measured
 * @param expected in words
 * @param holds null if it cannot be said
 * @param note why it cannot be said; null if it can
 */
record Judgement(BigDecimal value, String expected, @Nullable Boolean holds, @Nullable String note) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Judges a number of rows.
     *
     * @param rows of the run, that would be published
     * @param history earlier values, for a relative threshold
     */
    static Judgement of(Threshold threshold, long count, long rows, List<BigDecimal> history) {
        BigDecimal number = BigDecimal.valueOf(count);
        if (threshold.medianOf() > 0) {
            return relative(threshold, number, history);
        }
        BigDecimal value = threshold.percent() ? percentage(number, BigDecimal.valueOf(rows)) : number;
        String expected = words(threshold) + (threshold.percent() ? " percent" : " rows");
        return new Judgement(value, expected, holds(threshold, value), null);
    }

    private static Judgement relative(Threshold threshold, BigDecimal number, List<BigDecimal> history) {
        String expected = words(threshold) + (threshold.percent() ? " percent of" : " rows off")
                + " the median of the last " + threshold.medianOf() + " releases";
        if (history.isEmpty()) {
            return new Judgement(number, expected, null, "no release has measured this yet");
        }
        BigDecimal median = median(history.subList(0, Math.min(history.size(), threshold.medianOf())));
        if (threshold.percent() && median.signum() == 0) {
            return new Judgement(number, expected, null, "the median is 0: no percentage of it can be taken");
        }
        BigDecimal compared = threshold.percent() ? percentage(number, median) : number.subtract(median);
        return new Judgement(number, expected + ", " + plain(median), holds(threshold, compared), null);
    }

    private static BigDecimal median(List<BigDecimal> values) {
        List<BigDecimal> sorted = values.stream().sorted().toList();
        BigDecimal low = sorted.get((sorted.size() - 1) / 2);
        BigDecimal high = sorted.get(sorted.size() / 2);
        return low.add(high).divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal percentage(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal percentage =
                part.multiply(HUNDRED).divide(whole, MathContext.DECIMAL64).stripTrailingZeros();
        return percentage.scale() < 0 ? percentage.setScale(0) : percentage;
    }

    private static boolean holds(Threshold threshold, BigDecimal value) {
        int order = value.compareTo(threshold.operands().get(0));
        return switch (threshold.operator()) {
            case MUST_BE -> order == 0;
            case MUST_NOT_BE -> order != 0;
            case MUST_BE_GREATER_THAN -> order > 0;
            case MUST_BE_GREATER_OR_EQUAL_TO -> order >= 0;
            case MUST_BE_LESS_THAN -> order < 0;
            case MUST_BE_LESS_OR_EQUAL_TO -> order <= 0;
            case MUST_BE_BETWEEN -> isBetween(threshold, value);
            case MUST_NOT_BE_BETWEEN -> !isBetween(threshold, value);
        };
    }

    private static boolean isBetween(Threshold threshold, BigDecimal value) {
        return value.compareTo(threshold.operands().get(0)) > 0
                && value.compareTo(threshold.operands().get(1)) < 0;
    }

    /** Whether only 0 can satisfy it: then each counted row breaks it by itself. */
    static boolean meansNone(Threshold threshold) {
        if (threshold.medianOf() > 0) {
            return false;
        }
        BigDecimal operand = threshold.operands().get(0);
        return switch (threshold.operator()) {
            case MUST_BE, MUST_BE_LESS_OR_EQUAL_TO -> operand.signum() == 0;
            case MUST_BE_LESS_THAN ->
                !threshold.percent() && operand.signum() > 0 && operand.compareTo(BigDecimal.ONE) <= 0;
            default -> false;
        };
    }

    private static String words(Threshold threshold) {
        String operands = threshold.operands().stream().map(Judgement::plain).collect(Collectors.joining(" and "));
        return switch (threshold.operator()) {
                    case MUST_BE -> "= ";
                    case MUST_NOT_BE -> "<> ";
                    case MUST_BE_GREATER_THAN -> "> ";
                    case MUST_BE_GREATER_OR_EQUAL_TO -> ">= ";
                    case MUST_BE_LESS_THAN -> "< ";
                    case MUST_BE_LESS_OR_EQUAL_TO -> "<= ";
                    case MUST_BE_BETWEEN -> "between ";
                    case MUST_NOT_BE_BETWEEN -> "not between ";
                }
                + operands;
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
