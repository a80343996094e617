package io.lakemesh.cli.rows;

import io.lakemesh.schema.Row;

/** Takes rows one by one. What is closed before it is finished cannot be taken for whole: a file is gone, JSON does not end. */
public interface RowWriter extends AutoCloseable {
    void write(Row row);

    /** Completes what was written; to be called after the last row. */
    void finish();

    @Override
    void close();
}
