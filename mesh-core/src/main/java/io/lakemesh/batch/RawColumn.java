package io.lakemesh.batch;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One column of a {@link RawBatch}, as its source gives it. */
public sealed interface RawColumn {
    /** Whether the source says that there is no value: an unquoted empty CSV field, JSON's null, a missing key. */
    boolean isNull(int row);

    /** The value as the source has it: a {@code String} of text sources, otherwise the class that its type has in Java. */
    @Nullable
    Object get(int row);

    /** Text as UTF-8 in a buffer that many cells share. Undecodable input never gets here: the reader refuses its row. */
    final class Text implements RawColumn {
        private byte[] bytes = new byte[0];
        private final int[] starts = new int[Batch.CAPACITY];
        private final int[] lengths = new int[Batch.CAPACITY];

        /** Sets the buffer that the cells of this batch point into. */
        public void setBytes(byte[] buffer) {
            this.bytes = buffer;
        }

        /** Sets a cell; the length is in bytes, -1 for null. */
        public void set(int row, int start, int length) {
            starts[row] = start;
            lengths[row] = length;
        }

        public byte[] bytes() {
            return bytes;
        }

        public int start(int row) {
            return starts[row];
        }

        /** In bytes; -1 for null. */
        public int length(int row) {
            return lengths[row];
        }

        @Override
        public boolean isNull(int row) {
            return lengths[row] < 0;
        }

        @Override
        public @Nullable String get(int row) {
            return lengths[row] < 0 ? null : new String(bytes, starts[row], lengths[row], StandardCharsets.UTF_8);
        }
    }

    /** Values that the source has typed already: JSON, Parquet, Java records. */
    final class Values implements RawColumn {
        private final @Nullable Object[] values = new @Nullable Object[Batch.CAPACITY];

        public void set(int row, @Nullable Object value) {
            values[row] = value;
        }

        @Override
        public boolean isNull(int row) {
            return values[row] == null;
        }

        @Override
        public @Nullable Object get(int row) {
            return values[row];
        }
    }
}
