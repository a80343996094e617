package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.schema.TableSchema;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rule that a quality engine checks. It names no rows, so that one to be quarantined refuses. */
final class CustomCheck implements RuleCheck {
    private final Rule.Custom rule;
    private final String object;
    private final QualityEngine.Evaluation evaluation;
    private QualityEngine.@Nullable Verdict verdict;

    CustomCheck(Rule.Custom rule, TableContract contract, TableSchema schema, Map<String, QualityEngine> engines) {
        QualityEngine engine = engines.get(rule.engine());
        if (engine == null) {
            throw unknown(rule, engines);
        }
        this.rule = rule;
        this.object = contract.object();
        this.evaluation = engine.start(schema, rule.implementation());
    }

    private static InvalidInputException unknown(Rule.Custom rule, Map<String, QualityEngine> engines) {
        String known = engines.isEmpty() ? "none" : String.join(", ", new TreeSet<>(engines.keySet()));
        return new InvalidInputException("Cannot check rule " + rule.id() + ": no quality engine is named '"
                + rule.engine() + "'; there is: " + known + NearMatch.hint(rule.engine(), engines.keySet())
                + " (engines are found on the class path as io.lakemesh.check.QualityEngine)");
    }

    @Override
    public void add(Batch batch, int[] selected, int count) {
        evaluation.add(batch, selected, count);
    }

    @Override
    public CheckResult judge(Situation situation) {
        if (verdict == null) {
            verdict = evaluation.finish();
        }
        return new CheckResult(
                rule.id(),
                object,
                "custom:" + rule.engine(),
                verdict.value(),
                verdict.expected(),
                Outcomes.of(verdict.holds(), rule.terms()),
                rule.terms().severity(),
                verdict.note());
    }
}
