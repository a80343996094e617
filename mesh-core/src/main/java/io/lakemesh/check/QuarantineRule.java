package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that sets aside each row that its test counts. */
record QuarantineRule(List<Reason> reasons, RowTest test) {
    QuarantineRule(Rule.Metric rule, RowTest test) {
        this(List.of(reason(rule)), test);
    }

    /** Adds the reason to each selected row that is counted. */
    void apply(Batch batch, int[] selected, int count, RowProblems problems) {
        for (int i = 0; i < count; i++) {
            if (test.counts(batch, selected[i])) {
                problems.add(selected[i], reasons);
            }
        }
    }

    static Reason reason(Rule.Metric rule) {
        String description = rule.terms().description();
        String message = description == null ? "counted by " + rule.measure().metric() : description;
        return new Reason(rule.id(), column(rule.measure()), message);
    }

    private static @Nullable String column(Measure measure) {
        if (measure instanceof Measure.NullValues nulls) {
            return nulls.column();
        }
        if (measure instanceof Measure.MissingValues missing) {
            return missing.column();
        }
        if (measure instanceof Measure.InvalidValues invalid) {
            return invalid.column();
        }
        return measure instanceof Measure.DuplicateValues duplicates ? String.join(", ", duplicates.columns()) : null;
    }
}
