package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.Rule;

/** A rule that is shown, not checked. */
record UncheckedRule(Rule.NotChecked rule, String object) implements RuleCheck {
    @Override
    public void add(Batch batch, int[] selected, int count) {}

    @Override
    public CheckResult judge(Situation situation) {
        return new CheckResult(
                rule.id(), object, "text", null, rule.text(), Outcome.NOT_CHECKED, "info", rule.reason());
    }
}
