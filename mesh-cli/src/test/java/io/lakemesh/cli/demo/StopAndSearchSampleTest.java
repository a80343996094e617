package io.lakemesh.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.cli.demo.StopAndSearchSample.Dirt;
import io.lakemesh.cli.demo.StopAndSearchSample.Written;
import io.lakemesh.iceberg.file.FileSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopAndSearchSampleTest {
    private static final StopAndSearchSample SAMPLE = StopAndSearchSample.of(Force.ESSEX, YearMonth.of(2020, 1))
            .withRows(5000)
            .withDirt(0.1);

    private final Path folder;

    StopAndSearchSampleTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void saysExactlyWhatDirtItPutIn() throws IOException {
        Path file = folder.resolve(SAMPLE.fileName());
        Written written = SAMPLE.writeTo(file);
        List<List<@Nullable Object>> rows = rows(file);

        assertThat(rows).hasSize(5000);
        assertThat(written.dirt().keySet()).containsExactlyInAnyOrder(Dirt.values());
        assertThat(written.dirt().values()).allMatch(count -> count > 50);
        assertThat(written.bytes()).isEqualTo(Files.size(file));
        assertThat((long) duplicates(rows)).isEqualTo(written.of(Dirt.EXACT_DUPLICATE));
        List<List<@Nullable Object>> single = withoutDuplicates(rows);
        assertThat(count(single, row -> row.get(10) == null)).isEqualTo(written.of(Dirt.MISSING_LEGISLATION));
        assertThat(count(single, row -> row.get(1) == null)).isEqualTo(written.of(Dirt.MISSING_DATE));
        assertThat(count(single, row -> "Outcome to be confirmed".equals(row.get(12))))
                .isEqualTo(written.of(Dirt.UNKNOWN_OUTCOME));
        assertThat(count(single, row -> row.get(1) != null && !text(row, 1).startsWith("2020-01-")))
                .isEqualTo(written.of(Dirt.DATE_OUTSIDE_MONTH));
        assertThat(count(single, row -> row.get(4) != null && !isInEssex(row)))
                .isEqualTo(written.of(Dirt.PLACE_OUTSIDE_UK));
        assertThat(count(single, row -> row.get(3) != null && text(row, 3).contains("\n")))
                .isEqualTo(written.quotedLineBreaks())
                .isPositive();
    }

    @Test
    void theSameSettingsGiveTheSameBytes() throws IOException {
        assertThat(bytes(SAMPLE)).isEqualTo(bytes(SAMPLE)).isNotEqualTo(bytes(SAMPLE.withSeed(2)));
    }

    @Test
    void aCleanSampleHasNoDirt() throws IOException {
        Written written = SAMPLE.withDirt(0).writeTo(new ByteArrayOutputStream());

        assertThat(written.dirt().values()).containsOnly(0L);
    }

    @Test
    void writesAHeaderAndNoRows() throws IOException {
        assertThat(new String(bytes(SAMPLE.withRows(0)), StandardCharsets.UTF_8))
                .startsWith("Type,Date,")
                .hasLineCount(1);
    }

    @Test
    void everyForceSearchesWithinItsArea() throws IOException {
        for (Force force : Force.values()) {
            StopAndSearchSample sample =
                    StopAndSearchSample.of(force, YearMonth.of(2019, 12)).withDirt(0);
            Path file = folder.resolve(sample.fileName());
            sample.writeTo(file);
            assertThat(rows(file)).filteredOn(row -> row.get(4) != null).allSatisfy(row -> {
                assertThat(Double.parseDouble(text(row, 4))).isBetween(50.0, 56.0);
                assertThat(Double.parseDouble(text(row, 5))).isBetween(-3.0, 2.0);
            });
        }
        assertThat(folder.resolve("2019-12-city-of-london-stop-and-search.csv")).exists();
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThatThrownBy(() -> SAMPLE.withDirt(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid sample: rows 5000, dirt 1.5");
    }

    private static byte[] bytes(StopAndSearchSample sample) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sample.writeTo(out);
        return out.toByteArray();
    }

    private static boolean isInEssex(List<@Nullable Object> row) {
        double latitude = Double.parseDouble(text(row, 4));
        double longitude = Double.parseDouble(text(row, 5));
        return latitude > 51 && latitude < 53 && longitude > 0 && longitude < 2;
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }

    private static long count(List<List<@Nullable Object>> rows, Predicate<List<@Nullable Object>> condition) {
        return rows.stream().filter(condition).count();
    }

    private static int duplicates(List<List<@Nullable Object>> rows) {
        return rows.size() - withoutDuplicates(rows).size();
    }

    private static List<List<@Nullable Object>> withoutDuplicates(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> kept = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (kept.isEmpty() || !kept.get(kept.size() - 1).equals(row)) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static List<List<@Nullable Object>> rows(Path file) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        RawBatch batch = new RawBatch();
        try (RecordReader reader = FileSources.of(file.toString()).open()) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(batch.malformed(row)).isNull();
                    @Nullable
                    Object[] cells = new @Nullable Object[batch.names().size()];
                    for (int column = 0; column < cells.length; column++) {
                        cells[column] = batch.column(column).get(row);
                    }
                    rows.add(Arrays.asList(cells));
                }
            }
        }
        return rows;
    }
}
