package io.lakemesh.iceberg.file;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The formats that are read, told by a file's name. */
enum FileFormat {
    CSV,
    TSV,
    JSON,
    PARQUET;

    private static final Map<String, FileFormat> BY_ENDING = Map.of(
            ".csv", CSV,
            ".csv.gz", CSV,
            ".tsv", TSV,
            ".tsv.gz", TSV,
            ".jsonl", JSON,
            ".jsonl.gz", JSON,
            ".ndjson", JSON,
            ".json", JSON,
            ".json.gz", JSON,
            ".parquet", PARQUET);

    static Optional<FileFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return BY_ENDING.entrySet().stream()
                .filter(entry -> name.endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Every ending, for messages. */
    static String supported() {
        return String.join(", ", new TreeSet<>(BY_ENDING.keySet()));
    }
}
