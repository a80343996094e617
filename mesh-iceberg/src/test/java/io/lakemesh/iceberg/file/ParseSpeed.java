package io.lakemesh.iceberg.file;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** Measures how long reading a CSV file takes, ours and FastCSV in turn: {@code ParseSpeed FILE [ROUNDS]}. */
final class ParseSpeed {
    private ParseSpeed() {}

    /** A reading that gives how many rows it saw. */
    private interface Reading {
        long rows() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        String file = arguments[0];
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        for (int round = 0; round < rounds; round++) {
            measure("ours, digest included", () -> ours(file));
            measure("FastCSV, no digest", () -> fastCsv(file));
        }
    }

    private static void measure(String what, Reading reading) throws IOException {
        long before = cpuNanos();
        long rows = reading.rows();
        double seconds = (cpuNanos() - before) / 1e9;
        System.out.printf(Locale.ROOT, "%-22s %,d rows, %.2f CPU s%n", what, rows, seconds);
    }

    private static long ours(String file) {
        long rows = 0;
        RawBatch batch = new RawBatch();
        try (RecordReader reader = FileSources.of(file).open()) {
            while (reader.read(batch)) {
                rows += batch.size();
            }
        }
        return rows;
    }

    private static long fastCsv(String file) throws IOException {
        long rows = 0;
        try (de.siegmar.fastcsv.reader.CsvReader<CsvRecord> reader =
                de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(Path.of(file))) {
            for (CsvRecord row : reader) {
                rows += row.getFieldCount() > 0 ? 1 : 0;
            }
        }
        return rows;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}
