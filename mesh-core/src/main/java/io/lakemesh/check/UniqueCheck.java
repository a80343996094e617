package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.Rule;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import java.math.BigDecimal;

/** Uniqueness over the resulting table: collects the run's keys. */
final class UniqueCheck implements RuleCheck {
    private final Rule.Unique rule;
    private final String object;
    private final KeyEncoder encoder;
    private final SpillFile keys;

    UniqueCheck(Rule.Unique rule, String object, Spill spill) {
        this.rule = rule;
        this.object = object;
        this.encoder = new KeyEncoder(rule.columns());
        this.keys = new SpillFile(spill);
    }

    Rule.Unique rule() {
        return rule;
    }

    KeyEncoder encoder() {
        return encoder;
    }

    /** The keys of the run's rows, in input order. */
    SpillFile keys() {
        return keys;
    }

    @Override
    public void add(Batch batch, int[] selected, int count) {
        for (int i = 0; i < count; i++) {
            if (encoder.encode(batch, selected[i])) {
                keys.add(encoder.bytes(), 0, encoder.length(), UniqueChecks.NEW, 0);
            }
        }
    }

    @Override
    public CheckResult judge(Situation situation) {
        long repeats = situation.repeats().of(rule);
        return new CheckResult(
                rule.id(),
                object,
                rule.primaryKey() ? "primaryKey" : "unique",
                BigDecimal.valueOf(repeats),
                "= 0 rows",
                repeats == 0 ? Outcome.PASSED : Outcome.FAILED,
                "error",
                null);
    }

    @Override
    public void close() {
        keys.close();
    }
}
