package io.lakemesh.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The judgement of one table's rows in a run.
 *
 * @param object the contract's object
 * @param rows what became of them
 * @param checks every rule, in the contract's order
 * @param reasons quarantined rows by rule id; a row that breaks several rules counts for each
 */
public record TableReport(String object, RowCounts rows, List<CheckResult> checks, Map<String, Long> reasons) {
    public TableReport {
        checks = List.copyOf(checks);
        reasons = java.util.Collections.unmodifiableMap(new TreeMap<>(reasons));
    }

    public boolean refuses() {
        return checks.stream().anyMatch(check -> check.outcome() == CheckResult.Outcome.FAILED);
    }
}
