package io.lakemesh.check;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How one rule came out.
 *
 * @param id the rule's id, unique in its object
 * @param object the contract's object
 * @param metric what was measured
 * @param value the measured number; null where nothing was measured
 * @param expected what was asked, in words: {@code <= 5 percent}
 * @param outcome whether it holds
 * @param severity as the contract says it
 * @param note why it was not checked, or what it means; null for none
 */
public record CheckResult(
        String id,
        String object,
        String metric,
        @Nullable BigDecimal value,
        String expected,
        Outcome outcome,
        String severity,
        @Nullable String note) {
    /** Whether a rule holds. A failed rule refuses the run, a warning does not. */
    public enum Outcome {
        PASSED,
        FAILED,
        WARNED,
        NOT_CHECKED
    }

    public boolean passed() {
        return outcome == Outcome.PASSED;
    }
}
