package io.lakemesh.bench;

import io.lakemesh.cli.demo.Force;
import io.lakemesh.cli.demo.StopAndSearchSample;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.YearMonth;

/** Makes the input: a month of made-up police records with an id in front, about one in a hundred of them bad. */
final class Input {
    private static final long SEED = 20200101;
    // a sixth of the sample's dirt are exact copies, which are no bad rows
    private static final double DIRT = 0.012;

    private Input() {}

    /** Makes the file of so many rows, unless it is there. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (!Files.exists(file)) {
            make(file, Long.parseLong(arguments[1]));
        }
    }

    static void make(Path file, long rows) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.toAbsolutePath().getParent());
        StopAndSearchSample sample = new StopAndSearchSample(Force.ESSEX, YearMonth.of(2020, 1), rows, SEED, DIRT);
        try (OutputStream out = new Numbering(new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20))) {
            sample.writeTo(out);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
