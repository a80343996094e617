package io.lakemesh.check;

import io.lakemesh.batch.BatchReader;
import java.util.List;

/** The rows of a table that stay when a run is published. */
public interface ExistingRows {
    /** Reads some columns of all of them, under the names of the contract that is checked. */
    BatchReader read(List<String> columns);
}
