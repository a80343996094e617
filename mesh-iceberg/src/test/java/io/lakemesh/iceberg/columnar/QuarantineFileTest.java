package io.lakemesh.iceberg.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.check.QuarantinedRow.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.Files;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineFileTest {
    private static final long MICROS = 1_600_000_000_123_456L;

    private final Path folder;

    QuarantineFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        for (int round = 0; round < 10; round++) {
            long seed = System.nanoTime();
            System.out.println("QuarantineFileTest seed " + seed);
            Random random = new Random(seed);
            int width = new int[] {1, 16, 40_000}[random.nextInt(3)];
            int rows = random.nextInt(width > 1000 ? 5 : 20_000);
            List<QuarantinedRow> expected =
                    IntStream.range(0, rows).mapToObj(i -> row(random, width)).toList();
            assertThat(read(write(expected, "round-" + round))).isEqualTo(expected);
        }
    }

    @Test
    void keepsWhenTheRowsWereSetAside() throws IOException {
        Path file = write(List.of(new QuarantinedRow("a.csv", 2, Map.of(), List.of())), "one");
        assertThat(records(file).get(0).getField("quarantined_at"))
                .isEqualTo(OffsetDateTime.parse("2020-09-13T12:26:40.123456Z"));
    }

    private static QuarantinedRow row(Random random, int width) {
        Map<String, String> record = new HashMap<>();
        int values = random.nextInt(width + 1);
        for (int i = 0; i < values; i++) {
            record.put("column " + i, "väl " + random.nextInt(random.nextBoolean() ? 3 : 1_000_000));
        }
        List<Reason> reasons = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> new Reason("rule " + random.nextInt(5), field(random), "message " + random.nextInt(9)))
                .toList();
        return new QuarantinedRow("file " + random.nextInt(2), random.nextLong(), record, reasons);
    }

    private static @Nullable String field(Random random) {
        return random.nextBoolean() ? null : "field " + random.nextInt(7);
    }

    private Path write(List<QuarantinedRow> rows, String name) {
        Path path = folder.resolve(name + ".parquet");
        try (QuarantineFile file = new QuarantineFile(Files.localOutput(path.toFile()), MICROS)) {
            rows.forEach(file::write);
        }
        return path;
    }

    private static List<Record> records(Path path) throws IOException {
        try (CloseableIterable<Record> rows = Parquet.read(Files.localInput(path.toFile()))
                .project(QuarantineFile.SCHEMA)
                .createReaderFunc(message -> GenericParquetReaders.buildReader(QuarantineFile.SCHEMA, message))
                .build()) {
            List<Record> all = new ArrayList<>();
            rows.forEach(all::add);
            return all;
        }
    }

    @SuppressWarnings("unchecked")
    private static List<QuarantinedRow> read(Path path) throws IOException {
        return records(path).stream()
                .map(row -> new QuarantinedRow(
                        (String) row.getField("file"),
                        (long) row.getField("line"),
                        (Map<String, String>) row.getField("record"),
                        ((List<Record>) row.getField("reasons"))
                                .stream().map(QuarantineFileTest::reason).toList()))
                .toList();
    }

    private static Reason reason(Record reason) {
        return new Reason((String) reason.getField("rule"), (String) reason.getField("field"), (String)
                reason.getField("message"));
    }
}
