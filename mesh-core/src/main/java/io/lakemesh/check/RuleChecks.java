package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.TableContract;
import io.lakemesh.protect.ProtectedColumns;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.Spill;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All rules of a table, over the rows that would be published. */
final class RuleChecks implements AutoCloseable {
    private final List<RuleCheck> checks;
    private final List<RuleCheck> ofValues;
    private final List<UniqueCheck> ofKeys;
    private final UniqueChecks uniques;

    /**
     * Prepares the checks.
     *
     * @param settled rules whose rows are all set aside before they get here
     */
    RuleChecks(
            TableContract contract,
            TableSchema schema,
            CheckContext context,
            Spill spill,
            ProtectedColumns protection,
            List<Rule.Metric> settled) {
        this.checks = contract.rules().stream()
                .map(rule -> check(rule, contract, schema, context, spill, settled))
                .toList();
        this.ofKeys = checks.stream()
                .filter(UniqueCheck.class::isInstance)
                .map(UniqueCheck.class::cast)
                .toList();
        this.ofValues =
                checks.stream().filter(check -> !(check instanceof UniqueCheck)).toList();
        this.uniques = new UniqueChecks(ofKeys, context.memory(), spill, protection);
    }

    private static RuleCheck check(
            Rule rule,
            TableContract contract,
            TableSchema schema,
            CheckContext context,
            Spill spill,
            List<Rule.Metric> settled) {
        if (rule instanceof Rule.Metric metric) {
            Counter counter = settled.contains(metric)
                    ? Counter.NONE
                    : counter(metric.measure(), contract, context.memory(), spill);
            return new MetricCheck(metric, contract, counter, context.history());
        }
        if (rule instanceof Rule.Unique unique) {
            return new UniqueCheck(unique, contract.object(), spill);
        }
        if (rule instanceof Rule.Custom custom) {
            return new CustomCheck(custom, contract, schema, context.engines());
        }
        if (rule instanceof Rule.ServiceLevel level && !level.isOfReleases()) {
            return new ServiceLevelCheck(level, contract, context);
        }
        return rule instanceof Rule.NotChecked unchecked
                ? new UncheckedRule(unchecked, contract.object())
                : new UncheckedRule(
                        new Rule.NotChecked(rule.id(), "service level retention", "maintenance keeps releases so long"),
                        contract.object());
    }

    private static Counter counter(Measure measure, TableContract contract, long memory, Spill spill) {
        return measure instanceof Measure.DuplicateValues duplicates
                ? new Counter.OfDuplicates(new KeyEncoder(duplicates.columns()), memory, spill)
                : Counter.of(Objects.requireNonNull(RowTests.of(measure, contract)));
    }

    /** Takes rows as they were read. */
    void add(Batch batch, int[] selected, int count) {
        ofValues.forEach(check -> check.add(batch, selected, count));
    }

    /** Takes the same rows as they will be stored. */
    void addStored(Batch batch, int[] selected, int count) {
        ofKeys.forEach(check -> check.add(batch, selected, count));
    }

    List<CheckResult> judge(long rows, @Nullable ExistingRows existing, boolean replacedByKey) {
        RuleCheck.Situation situation = new RuleCheck.Situation(rows, uniques.count(existing, replacedByKey));
        return checks.stream().map(check -> check.judge(situation)).toList();
    }

    @Override
    public void close() {
        checks.forEach(RuleCheck::close);
    }
}
