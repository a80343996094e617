package io.lakemesh.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a source gives them, before they are conformed to a contract: all from one file, column by column. A buffer that a
 * {@link RecordReader} fills again. Not thread-safe.
 */
public final class RawBatch {
    private String file = "";
    private List<String> names = List.of();
    private RawColumn[] columns = new RawColumn[0];
    private final long[] lines = new long[Batch.CAPACITY];
    private final @Nullable String[] malformed = new @Nullable String[Batch.CAPACITY];
    private int size;

    /**
     * Starts a file: its name as the user gave it, and its columns. Consumers resolve the names again when {@link #names()} is
     * another list.
     */
    public void startFile(String name, List<String> columnNames, RawColumn[] rawColumns) {
        this.file = name;
        this.names = List.copyOf(columnNames);
        this.columns = rawColumns.clone();
    }

    /** Starts the next batch of the same file. */
    public void clear() {
        size = 0;
    }

    /**
     * Ends a row whose cells were set.
     *
     * @param line the line that it starts on, from 1; the record's number where the source has no lines
     * @return the row's position in this batch
     */
    public int addRow(long line) {
        lines[size] = line;
        malformed[size] = null;
        return size++;
    }

    /** Adds a row that could not be read; {@code reason} says why and holds no value of it. Its cells are undefined. */
    public void addMalformed(long line, String reason) {
        lines[size] = line;
        malformed[size] = reason;
        size++;
    }

    public String file() {
        return file;
    }

    public List<String> names() {
        return names;
    }

    public RawColumn column(int position) {
        return columns[position];
    }

    public long line(int row) {
        return lines[row];
    }

    /** Why this row could not be read; null for the ordinary case. */
    public @Nullable String malformed(int row) {
        return malformed[row];
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == Batch.CAPACITY;
    }
}
