package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.spill.Spill;

/** Counts rows for a metric. */
interface Counter {
    /** Counts no row. */
    Counter NONE = new Counter() {
        @Override
        public void add(Batch batch, int[] selected, int count) {}

        @Override
        public long count() {
            return 0;
        }
    };

    void add(Batch batch, int[] selected, int count);

    /** The number, once all rows were added. */
    long count();

    /** Counts rows one by one. */
    static Counter of(RowTest test) {
        return new OfRows(test);
    }

    /** Counts the rows that a test counts. */
    final class OfRows implements Counter {
        private final RowTest test;
        private long count;

        OfRows(RowTest test) {
            this.test = test;
        }

        @Override
        public void add(Batch batch, int[] selected, int rows) {
            for (int i = 0; i < rows; i++) {
                if (test.counts(batch, selected[i])) {
                    count++;
                }
            }
        }

        @Override
        public long count() {
            return count;
        }
    }

    /** Counts the rows beyond the first of each group of equal keys. */
    final class OfDuplicates implements Counter {
        private final KeyEncoder encoder;
        private final DistinctKeys keys;
        private long count;
        private boolean finished;

        OfDuplicates(KeyEncoder encoder, long memory, Spill spill) {
            this.encoder = encoder;
            this.keys = new DistinctKeys(memory, spill, (firstTag, tag, ordinal) -> count++);
        }

        @Override
        public void add(Batch batch, int[] selected, int rows) {
            for (int i = 0; i < rows; i++) {
                if (encoder.encode(batch, selected[i])) {
                    keys.add(encoder.bytes(), 0, encoder.length(), 0, 0);
                }
            }
        }

        @Override
        public long count() {
            if (!finished) {
                keys.finish();
                finished = true;
            }
            return count;
        }
    }
}
