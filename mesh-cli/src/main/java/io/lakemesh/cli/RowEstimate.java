package io.lakemesh.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Guesses how many rows text files hold, from their size and the length of their first lines; for the progress bar's sake. */
final class RowEstimate {
    private static final int SAMPLE = 1 << 16;
    private static final List<String> TEXT = List.of(".csv", ".tsv", ".jsonl", ".ndjson");

    private RowEstimate() {}

    /** Empty where a guess would be idle: a folder, a glob, a compressed or a columnar file, a file that can't be read. */
    static OptionalLong of(List<String> paths) {
        long rows = 0;
        for (String path : paths) {
            long here = of(path);
            if (here < 0) {
                return OptionalLong.empty();
            }
            rows += here;
        }
        return OptionalLong.of(rows);
    }

    private static long of(String path) {
        if (TEXT.stream().noneMatch(path::endsWith)) {
            return -1;
        }
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) ? Files.size(file) / lineLength(file) : -1;
        } catch (IOException | InvalidPathException e) {
            return -1;
        }
    }

    private static long lineLength(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] sample = in.readNBytes(SAMPLE);
            long lines = 1;
            for (byte b : sample) {
                lines += b == '\n' ? 1 : 0;
            }
            return Math.max(1, sample.length / lines);
        }
    }
}
