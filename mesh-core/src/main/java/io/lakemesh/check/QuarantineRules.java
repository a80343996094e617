package io.lakemesh.check;

import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.spill.Spill;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that set rows aside. Those that decide row by row act at once, and a row may break several of them. From the first one
 * that needs to see all rows on, each waits for the end of the input and is judged over the rows that those before it left.
 *
 * @param settled the immediate rules themselves: no row that is left counts for them
 */
record QuarantineRules(List<QuarantineRule> immediate, List<Rule.Metric> settled, List<DeferredRule> deferred) {
    static QuarantineRules of(TableContract contract, CheckContext context, Spill spill) {
        List<QuarantineRule> immediate = new ArrayList<>();
        List<Rule.Metric> settled = new ArrayList<>();
        List<DeferredRule> deferred = new ArrayList<>();
        for (Rule rule : contract.rules()) {
            if (rule instanceof Rule.Metric metric && metric.terms().onFailure() == Rule.Terms.OnFailure.QUARANTINE) {
                RowTest test = RowTests.of(metric.measure(), contract);
                if (test != null && deferred.isEmpty() && Judgement.meansNone(metric.threshold())) {
                    immediate.add(new QuarantineRule(metric, test));
                    settled.add(metric);
                } else {
                    deferred.add(DeferredRule.of(metric, test, contract, context, spill));
                }
            }
        }
        return new QuarantineRules(immediate, settled, deferred);
    }
}
