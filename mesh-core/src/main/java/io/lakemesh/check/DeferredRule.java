package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.TableContract;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that sets rows aside once all of them were seen: if it fails, those that it counts. */
abstract class DeferredRule implements AutoCloseable {
    private final Rule.Metric rule;
    private final List<BigDecimal> history;

    private DeferredRule(Rule.Metric rule, TableContract contract, CheckContext context) {
        this.rule = rule;
        int releases = rule.threshold().medianOf();
        this.history = releases == 0 ? List.of() : context.history().values(contract.object(), rule.id(), releases);
    }

    /** By its test, or by its columns where it counts duplicates. */
    static DeferredRule of(
            Rule.Metric rule, @Nullable RowTest test, TableContract contract, CheckContext context, Spill spill) {
        return test == null
                ? new OfDuplicates(rule, contract, context, spill)
                : new OfRows(rule, test, contract, context);
    }

    /** Sees a row; ordinals count all rows that are held back. */
    abstract void see(Batch batch, int row, int ordinal);

    /** Which of the rows that are left it counts. */
    abstract BitSet counted(BitSet left);

    /** Which of the rows that are left are to be set aside. */
    final BitSet aside(BitSet left) {
        BitSet counted = counted(left);
        Judgement judgement = Judgement.of(rule.threshold(), counted.cardinality(), left.cardinality(), history);
        return Boolean.FALSE.equals(judgement.holds()) ? counted : new BitSet();
    }

    final Reason reason() {
        return QuarantineRule.reason(rule);
    }

    @Override
    public void close() {}

    private static final class OfRows extends DeferredRule {
        private final RowTest test;
        private final BitSet counted = new BitSet();

        OfRows(Rule.Metric rule, RowTest test, TableContract contract, CheckContext context) {
            super(rule, contract, context);
            this.test = test;
        }

        @Override
        void see(Batch batch, int row, int ordinal) {
            if (test.counts(batch, row)) {
                counted.set(ordinal);
            }
        }

        @Override
        BitSet counted(BitSet left) {
            BitSet both = (BitSet) counted.clone();
            both.and(left);
            return both;
        }
    }

    private static final class OfDuplicates extends DeferredRule {
        private final KeyEncoder encoder;
        private final SpillFile keys;
        private final long memory;
        private final Spill spill;

        OfDuplicates(Rule.Metric rule, TableContract contract, CheckContext context, Spill spill) {
            super(rule, contract, context);
            this.encoder = new KeyEncoder(((Measure.DuplicateValues) rule.measure()).columns());
            this.keys = new SpillFile(spill);
            this.memory = context.memory();
            this.spill = spill;
        }

        @Override
        void see(Batch batch, int row, int ordinal) {
            if (encoder.encode(batch, row)) {
                keys.add(encoder.bytes(), 0, encoder.length(), 0, ordinal);
            }
        }

        @Override
        BitSet counted(BitSet left) {
            BitSet later = new BitSet();
            DistinctKeys distinct =
                    new DistinctKeys(memory, spill, (firstTag, tag, ordinal) -> later.set((int) ordinal));
            keys.replay((bytes, from, length, tag, ordinal) -> {
                if (left.get((int) ordinal)) {
                    distinct.add(bytes, from, length, tag, ordinal);
                }
            });
            distinct.finish();
            return later;
        }

        @Override
        public void close() {
            keys.close();
        }
    }
}
