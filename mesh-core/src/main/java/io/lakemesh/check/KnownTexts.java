package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A test of a text column that remembers its answers for the texts that it saw last. Equal texts of a column are mostly one and
 * the same object, see {@link ValueCache}; others are asked again, so identity is enough to compare them by.
 */
final class KnownTexts implements RowTest {
    private static final int SLOTS = 1024;
    private static final int MAX_LENGTH = 128;

    private final int position;
    private final RowTest test;
    private final @Nullable String[] texts = new @Nullable String[SLOTS];
    private final boolean[] answers = new boolean[SLOTS];

    KnownTexts(int position, RowTest test) {
        this.position = position;
        this.test = test;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean counts(Batch batch, int row) {
        Vector column = batch.column(position);
        if (column.isNull(row) || !(column.get(row) instanceof String text) || text.length() > MAX_LENGTH) {
            return test.counts(batch, row);
        }
        int slot = text.hashCode() & (SLOTS - 1);
        if (texts[slot] != text) {
            answers[slot] = test.counts(batch, row);
            texts[slot] = text;
        }
        return answers[slot];
    }
}
