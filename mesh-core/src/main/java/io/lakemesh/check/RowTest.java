package io.lakemesh.check;

import io.lakemesh.batch.Batch;

/** Whether a metric counts a row. */
interface RowTest {
    boolean counts(Batch batch, int row);
}
