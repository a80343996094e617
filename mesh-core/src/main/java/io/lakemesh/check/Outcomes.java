package io.lakemesh.check;

import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.Rule.Terms;
import org.jspecify.annotations.Nullable;

/** What a rule's terms make of its result. */
final class Outcomes {
    private Outcomes() {}

    /** The outcome; {@code holds} is null if it could not be measured. A rule whose rows were set aside and that still fails refuses. */
    static Outcome of(@Nullable Boolean holds, Terms terms) {
        if (holds == null) {
            return Outcome.NOT_CHECKED;
        }
        if (holds) {
            return Outcome.PASSED;
        }
        return terms.onFailure() == Terms.OnFailure.WARN ? Outcome.WARNED : Outcome.FAILED;
    }
}
