package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.spill.ByteReader;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Good rows that wait for the end of the input, because a rule may still set them aside: on disk, with what their quarantine would
 * have to tell. A bit for each row and rule stays in memory.
 */
final class HeldRows implements AutoCloseable {
    private final List<DeferredRule> rules;
    private final HeldRowCodec codec = new HeldRowCodec();
    private final List<BitSet> aside = new ArrayList<>();
    private final SpillFile rows;
    private int count;

    HeldRows(List<DeferredRule> rules, Spill spill) {
        this.rules = rules;
        this.rows = new SpillFile(spill);
    }

    void add(RawBatch raw, SourceMapping source, Batch batch, int[] selected, int selectedCount) {
        for (int i = 0; i < selectedCount; i++) {
            if (count == Integer.MAX_VALUE) {
                throw new InvalidInputException("Cannot hold back more than " + count
                        + " rows; publish fewer at once, or let no rule with a threshold quarantine");
            }
            hold(raw, source, batch, selected[i]);
        }
    }

    private void hold(RawBatch raw, SourceMapping source, Batch batch, int row) {
        for (DeferredRule rule : rules) {
            rule.see(batch, row, count);
        }
        ByteWriter bytes = codec.write(raw.file(), source.record(raw, row), batch, row);
        rows.add(bytes.bytes(), 0, bytes.length(), 0, raw.line(row));
        count++;
    }

    /** Judges the rules in their order, each over the rows that those before it left. */
    void settle() {
        BitSet left = new BitSet();
        left.set(0, count);
        for (DeferredRule rule : rules) {
            BitSet counted = rule.aside(left);
            aside.add(counted);
            left.andNot(counted);
        }
    }

    /** Hands over every row, in input order; the good ones by means of the given batch. */
    void release(Batch batch, RowSink good, QuarantineSink bad) {
        int[] all = IntStream.range(0, Batch.CAPACITY).toArray();
        int[] next = {0};
        batch.setSize(0);
        rows.replay((bytes, from, length, tag, line) -> {
            ByteReader in = new ByteReader(bytes, from, from + length);
            int rule = ruleThatSetsAside(next[0]++);
            if (rule >= 0) {
                bad.write(
                        codec.readQuarantined(in, line, List.of(rules.get(rule).reason())));
                return;
            }
            codec.readInto(in, batch, batch.size());
            batch.setSize(batch.size() + 1);
            if (batch.size() == Batch.CAPACITY) {
                good.write(batch, all, batch.size());
                batch.setSize(0);
            }
        });
        good.write(batch, all, batch.size());
    }

    private int ruleThatSetsAside(int ordinal) {
        for (int i = 0; i < aside.size(); i++) {
            if (aside.get(i).get(ordinal)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        rules.forEach(DeferredRule::close);
        rows.close();
    }
}
