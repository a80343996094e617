package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.Rule;
import io.lakemesh.protect.ProtectedColumns;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** All uniqueness rules of a table against the rows that stay in it, which are read once for all of them. */
final class UniqueChecks {
    static final int NEW = 0;
    static final int EXISTING = 1;

    private final List<UniqueCheck> checks;
    private final long memory;
    private final Spill spill;
    private final ProtectedColumns protection;

    UniqueChecks(List<UniqueCheck> checks, long memory, Spill spill, ProtectedColumns protection) {
        this.checks = checks;
        this.protection = protection;
        this.memory = memory;
        this.spill = spill;
    }

    /** Repeats by rule: rows of the resulting table beyond the first of each group of equal keys. */
    record Repeats(Map<Rule.Unique, Long> counts) {
        long of(Rule.Unique rule) {
            return counts.getOrDefault(rule, 0L);
        }
    }

    /** Counts over the run's rows and those that stay; of these, with {@code replacedByKey}, only those whose primary key is not new. */
    Repeats count(@Nullable ExistingRows existing, boolean replacedByKey) {
        List<SpillFile> stored =
                checks.stream().map(check -> new SpillFile(spill)).toList();
        try {
            if (existing != null && !checks.isEmpty()) {
                read(existing, stored);
            }
            return count(stored, replacedByKey);
        } finally {
            stored.forEach(SpillFile::close);
        }
    }

    private void read(ExistingRows existing, List<SpillFile> stored) {
        List<String> columns = checks.stream()
                .flatMap(check -> check.rule().columns().stream())
                .distinct()
                .toList();
        try (BatchReader reader = existing.read(columns)) {
            long ordinal = 0;
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                protection.requireCurrent(batch);
                for (int i = 0; i < checks.size(); i++) {
                    store(batch, checks.get(i).encoder(), stored.get(i), ordinal);
                }
                ordinal += batch.size();
            }
        }
    }

    private static void store(Batch batch, KeyEncoder encoder, SpillFile keys, long first) {
        for (int row = 0; row < batch.size(); row++) {
            if (encoder.encode(batch, row)) {
                keys.add(encoder.bytes(), 0, encoder.length(), EXISTING, first + row);
            }
        }
    }

    private Repeats count(List<SpillFile> stored, boolean replacedByKey) {
        BitSet replaced = replacedByKey ? replaced(stored) : new BitSet();
        Map<Rule.Unique, Long> counts = new HashMap<>();
        for (int i = 0; i < checks.size(); i++) {
            counts.put(checks.get(i).rule(), count(checks.get(i), stored.get(i), replaced));
        }
        return new Repeats(counts);
    }

    /** The stored rows, by their order, whose primary key the run has. */
    private BitSet replaced(List<SpillFile> stored) {
        BitSet replaced = new BitSet();
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).rule().primaryKey()) {
                DistinctKeys keys = new DistinctKeys(memory, spill, (firstTag, tag, ordinal) -> {
                    if (firstTag == NEW && tag == EXISTING) {
                        replaced.set(Math.toIntExact(ordinal));
                    }
                });
                checks.get(i).keys().replay(keys);
                stored.get(i).replay(keys);
                keys.finish();
            }
        }
        return replaced;
    }

    private long count(UniqueCheck check, SpillFile stored, BitSet replaced) {
        LongAdder repeats = new LongAdder();
        DistinctKeys keys = new DistinctKeys(memory, spill, (firstTag, tag, ordinal) -> repeats.increment());
        check.keys().replay(keys);
        stored.replay((bytes, from, length, tag, ordinal) -> {
            if (replaced.isEmpty() || !replaced.get(Math.toIntExact(ordinal))) {
                keys.add(bytes, from, length, tag, ordinal);
            }
        });
        keys.finish();
        return repeats.sum();
    }
}
