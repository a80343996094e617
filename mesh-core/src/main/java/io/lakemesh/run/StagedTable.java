package io.lakemesh.run;

import io.lakemesh.check.RowSink;
import io.lakemesh.schema.TableSchema;

/** The good rows of a run on their way to one table. Not thread-safe. */
public interface StagedTable extends RowSink, AutoCloseable {
    /** The columns with the field ids that the table has, or will have. Batches that are written have this schema. */
    TableSchema schema();

    /** Ends the writing; the files are complete and durable. */
    void finish();

    /** Rows written so far. */
    long rows();

    /** Removes the staged files, for runs that leave nothing behind. */
    void discard();

    /** Frees what is open; leaves the files where they are. */
    @Override
    void close();
}
