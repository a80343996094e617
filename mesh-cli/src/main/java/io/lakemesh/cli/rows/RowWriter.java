package io.lakemesh.cli.rows;

import io.lakemesh.schema.Row;

/** Takes rows one by one. Closing completes what was written. */
public interface RowWriter extends AutoCloseable {
    void write(Row row);

    @Override
    void close();
}
