package io.lakemesh;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.schema.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows as they are read: iterate once, then close. Not thread-safe. */
public final class Rows implements Iterable<Row>, AutoCloseable {
    private final BatchReader reader;
    private final Cursor cursor;
    private boolean closed;

    Rows(BatchReader reader, long limit) {
        this.reader = reader;
        this.cursor = new Cursor(limit);
    }

    /** The one iterator; further calls give the same. */
    @Override
    public Iterator<Row> iterator() {
        return cursor;
    }

    /** The rows as a stream; closing it closes this. */
    public Stream<Row> stream() {
        return StreamSupport.stream(spliterator(), false).onClose(this::close);
    }

    /** Frees what is open; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
        }
    }

    private final class Cursor implements Iterator<Row> {
        private long left;
        private int next;
        private @Nullable Batch batch;

        Cursor(long limit) {
            this.left = limit;
        }

        @Override
        public boolean hasNext() {
            if (left > 0 && (batch == null || next == batch.size())) {
                batch = reader.next();
                next = 0;
            }
            return left > 0 && batch != null;
        }

        @Override
        public Row next() {
            if (!hasNext() || batch == null) {
                throw new NoSuchElementException("Cannot read past the last row");
            }
            left--;
            return batch.row(next++);
        }
    }
}
