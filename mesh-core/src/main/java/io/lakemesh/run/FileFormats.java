package io.lakemesh.run;

import io.lakemesh.batch.RecordSource;

/** Reads raw files; adapters register one for {@link java.util.ServiceLoader}. */
public interface FileFormats {
    /**
     * The rows of a file, of every file of a folder, or of the files that a glob names.
     *
     * @param options for the CSV files among them
     * @throws io.lakemesh.error.InvalidInputException if there is nothing to read
     */
    RecordSource open(String path, FileOptions options);
}
