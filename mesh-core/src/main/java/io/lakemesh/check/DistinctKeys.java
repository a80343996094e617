package io.lakemesh.check;

import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Finds repeated keys, exactly and in bounded memory: hybrid hashing. Keys go into a table until it is full; from then on those
 * that are not in it go to partition files, each of which is treated the same way with another hash. Each round takes at least one
 * key out of a partition, so that even colliding hashes cost time only. The first of equal keys, in the order of adding, is never
 * reported.
 */
final class DistinctKeys implements SpillFile.Consumer {
    /** After so many rounds of partitioning hashes are to blame, not numbers: the rest is worked off in single file. */
    private static final int MAX_LEVEL = 6;

    private static final int FAN_OUT_BITS = 5;

    private final long budget;
    private final Spill spill;
    private final Hash hash;
    private final Repeats repeats;
    private final long seed;
    private final Deque<Partition> pending = new ArrayDeque<>();
    private Round round;

    DistinctKeys(long budget, Spill spill, Repeats repeats) {
        this(budget, spill, repeats, Utf8::hash);
    }

    DistinctKeys(long budget, Spill spill, Repeats repeats, Hash hash) {
        this.budget = budget;
        this.spill = spill;
        this.hash = hash;
        this.repeats = repeats;
        this.seed = new Random().nextLong();
        this.round = new Round(0);
    }

    @Override
    public void add(byte[] bytes, int from, int length, int tag, long ordinal) {
        round.add(bytes, from, length, tag, ordinal);
    }

    /** Works off what was spilled: all repeats are reported when this returns. */
    void finish() {
        round.end();
        while (!pending.isEmpty()) {
            Partition next = pending.pop();
            round = new Round(next.level);
            try (SpillFile keys = next.keys) {
                keys.replay(round);
            }
            round.end();
        }
        round = new Round(0);
    }

    /** Is told of a key that was there before. */
    interface Repeats {
        void found(int firstTag, int tag, long ordinal);
    }

    /** A hash function, other for each seed. */
    interface Hash {
        long of(byte[] bytes, int from, int length, long seed);
    }

    private record Partition(SpillFile keys, int level) {}

    private final class Round implements SpillFile.Consumer {
        private final int level;
        private final KeyTable table = new KeyTable(budget);
        private final @Nullable SpillFile[] partitions;

        Round(int level) {
            this.level = level;
            this.partitions = new @Nullable SpillFile[level < MAX_LEVEL ? 1 << FAN_OUT_BITS : 1];
        }

        @Override
        public void add(byte[] bytes, int from, int length, int tag, long ordinal) {
            long hashed = hash.of(bytes, from, length, seed + level);
            int known = table.add(bytes, from, length, tag, hashed);
            if (known == KeyTable.FULL) {
                partition(hashed).add(bytes, from, length, tag, ordinal);
            } else if (known != KeyTable.ADDED) {
                repeats.found(known, tag, ordinal);
            }
        }

        private SpillFile partition(long hashed) {
            int index = (int) hashed & (partitions.length - 1);
            SpillFile partition = partitions[index];
            if (partition == null) {
                partition = new SpillFile(spill);
                partitions[index] = partition;
            }
            return partition;
        }

        void end() {
            for (SpillFile partition : partitions) {
                if (partition != null) {
                    pending.push(new Partition(partition, level + 1));
                }
            }
        }
    }
}
