package io.lakemesh.cli.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;

/**
 * Made-up stop-and-search records of one force and month as a CSV file, in the layout and with about the value shares of those
 * that police forces publish at data.police.uk. The same settings always give the same bytes. Places are random, nobody was there.
 *
 * <p>Some rows are dirty on purpose, and {@link Written} says how many. Two things are no dirt: a few rows name a policing
 * operation over two lines, in quotes; and many have empty fields, as the real ones do.
 *
 * @param rows records, without the header
 * @param seed of the random numbers
 * @param dirt the share of rows that are dirty, 0 to 1; the {@link Dirt} kinds are about equally likely
 */
public record StopAndSearchSample(Force force, YearMonth month, long rows, long seed, double dirt) {
    public StopAndSearchSample {
        if (rows < 0 || !(dirt >= 0 && dirt <= 1)) {
            throw new IllegalArgumentException("Invalid sample: rows " + rows + ", dirt " + dirt);
        }
    }

    /** What can be wrong with a row. Each dirty row has one thing wrong. */
    public enum Dirt {
        /** A latitude or longitude far outside the United Kingdom. */
        PLACE_OUTSIDE_UK,
        /** An outcome that is on no list. */
        UNKNOWN_OUTCOME,
        /** No legislation. */
        MISSING_LEGISLATION,
        /** No date. */
        MISSING_DATE,
        /** A date in the month before. */
        DATE_OUTSIDE_MONTH,
        /** The row before, which is clean, once more; counted are the copies. */
        EXACT_DUPLICATE
    }

    /**
     * What was written.
     *
     * @param dirt how many rows of each kind of dirt; every kind has an entry
     * @param quotedLineBreaks rows that go over two lines
     */
    public record Written(long rows, long bytes, Map<Dirt, Long> dirt, long quotedLineBreaks) {
        public Written {
            dirt = Map.copyOf(dirt);
        }

        /** How many rows have this wrong. */
        public long of(Dirt kind) {
            return dirt.getOrDefault(kind, 0L);
        }
    }

    /** A thousand rows, one in a hundred dirty. */
    public static StopAndSearchSample of(Force force, YearMonth month) {
        return new StopAndSearchSample(force, month, 1000, 1, 0.01);
    }

    /** A month of the demo's story: 1500 rows of Essex, 250 of another force, and 40 more each month; one in fifty dirty. */
    public static StopAndSearchSample ofDemo(Force force, YearMonth month) {
        long rows = (force == Force.ESSEX ? 1500 : 250) + 40L * month.getMonthValue();
        return new StopAndSearchSample(force, month, rows, 7, 0.02);
    }

    public StopAndSearchSample withRows(long other) {
        return new StopAndSearchSample(force, month, other, seed, dirt);
    }

    public StopAndSearchSample withSeed(long other) {
        return new StopAndSearchSample(force, month, rows, other, dirt);
    }

    public StopAndSearchSample withDirt(double other) {
        return new StopAndSearchSample(force, month, rows, seed, other);
    }

    /** As the real files are named: {@code 2020-01-essex-stop-and-search.csv}. */
    public String fileName() {
        return month + "-" + force.id() + "-stop-and-search.csv";
    }

    /** Writes a file, in place of what is there. */
    public Written writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return writeTo(out);
        }
    }

    /** Writes header and rows, row by row; does not close the stream. */
    public Written writeTo(OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        Written written = new SampleWriter(this, buffered).write();
        buffered.flush();
        return written;
    }
}
