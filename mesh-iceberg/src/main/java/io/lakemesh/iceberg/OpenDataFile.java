package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import java.io.IOException;
import org.apache.iceberg.DataFile;

/** A data file in the making. Not thread-safe. */
interface OpenDataFile {
    /** Writes the first {@code count} rows of {@code selected}. */
    void write(Batch batch, int[] selected, int count);

    /** Its size so far, about. */
    long length();

    /** Ends the file; called once. */
    StagedFile<DataFile> finish();

    /** Ends the writing without a file, in place of {@link #finish} or after it failed. */
    void abort() throws IOException;
}
