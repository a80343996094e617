package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import java.math.BigDecimal;
import java.util.List;

/** A metric over the rows that would be published. */
final class MetricCheck implements RuleCheck {
    private final Rule.Metric rule;
    private final String object;
    private final Counter counter;
    private final List<BigDecimal> history;

    MetricCheck(Rule.Metric rule, TableContract contract, Counter counter, History history) {
        this.rule = rule;
        this.object = contract.object();
        this.counter = counter;
        int releases = rule.threshold().medianOf();
        this.history = releases == 0 ? List.of() : history.values(object, rule.id(), releases);
    }

    @Override
    public void add(Batch batch, int[] selected, int count) {
        counter.add(batch, selected, count);
    }

    @Override
    public CheckResult judge(Situation situation) {
        Judgement judgement = Judgement.of(rule.threshold(), counter.count(), situation.rows(), history);
        return new CheckResult(
                rule.id(),
                object,
                rule.measure().metric(),
                judgement.value(),
                judgement.expected(),
                Outcomes.of(judgement.holds(), rule.terms()),
                rule.terms().severity(),
                judgement.note());
    }
}
