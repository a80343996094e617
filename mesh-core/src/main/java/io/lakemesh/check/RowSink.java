package io.lakemesh.check;

import io.lakemesh.batch.Batch;

/** Takes the good rows of a run. */
public interface RowSink {
    /** Takes the rows of the batch that {@code selected} names, in ascending order: its first {@code count} elements. */
    void write(Batch batch, int[] selected, int count);
}
