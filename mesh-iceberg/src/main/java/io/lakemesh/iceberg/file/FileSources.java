package io.lakemesh.iceberg.file;

import io.lakemesh.batch.RecordSource;
import io.lakemesh.run.FileOptions;

/**
 * Record sources over raw files. The format is told by the name: {@code .csv}, {@code .tsv}, {@code .jsonl}, {@code .ndjson},
 * {@code .json}, each also with {@code .gz}, and {@code .parquet}.
 */
public final class FileSources {
    private FileSources() {}

    /**
     * A file, a folder (the files in it that have a supported format, by name), or a glob such as {@code raw/*.csv}.
     *
     * @throws io.lakemesh.error.InvalidInputException if nothing is there, or what a glob names has no supported format
     */
    public static RecordSource of(String pathOrGlob) {
        return of(pathOrGlob, FileOptions.DEFAULT);
    }

    /** Likewise, with options for the CSV files among them. */
    public static RecordSource of(String pathOrGlob, FileOptions options) {
        return new FileRecordSource(pathOrGlob, InputFiles.find(pathOrGlob), options);
    }
}
