package io.lakemesh.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSourcesTest {
    @Test
    void readsRecordsWhoseNamesDiffer() {
        List<Map<String, Object>> records = List.of(Map.of("a", 1), Map.of("b", "x"), Map.of());

        try (RecordReader reader = RecordSources.of("java", records).open()) {
            RawBatch batch = new RawBatch();
            assertThat(reader.read(batch)).isTrue();
            assertThat(batch.file()).isEqualTo("java");
            assertThat(batch.names()).containsExactly("a", "b");
            assertThat(values(batch, 0)).containsExactly(1, null, null);
            assertThat(values(batch, 1)).containsExactly(null, "x", null);
            assertThat(batch.line(2)).isEqualTo(3);
            assertThat(reader.read(batch)).isFalse();
        }
    }

    @Test
    void readsMoreRecordsThanABatchHolds() {
        List<Map<String, Object>> records = IntStream.range(0, 2500)
                .<Map<String, Object>>mapToObj(i -> i == 2000 ? Map.of("late", i) : Map.of("a", i))
                .toList();
        List<@Nullable Object> seen = new ArrayList<>();

        try (RecordReader reader = RecordSources.of("java", records).open()) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                seen.addAll(values(batch, 0));
            }
            assertThat(batch.names()).containsExactly("a", "late");
            assertThat(reader.evidence().get(0).rows()).isEqualTo(2500);
        }
        assertThat(seen)
                .hasSize(2500)
                .containsOnlyOnce(1999, 2001)
                .element(2000)
                .isNull();
    }

    @Test
    void digestsNamesAndValuesWhateverTheOrderOfTheNames() {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", LocalDate.of(2020, 1, 1));
        other.put("a", 1);

        String digest = digest(Map.of("a", 1, "b", LocalDate.of(2020, 1, 1)));

        assertThat(digest(other)).isEqualTo(digest).hasSize(64);
        assertThat(digest(Map.of("a", "1", "b", LocalDate.of(2020, 1, 1)))).isNotEqualTo(digest);
        assertThat(digest(Map.of("a", ByteBuffer.wrap(new byte[] {1}))))
                .isEqualTo(digest(Map.of("a", new byte[] {1})))
                .isNotEqualTo(digest(Map.of("a", new byte[] {2})));
    }

    @Test
    void readsAStreamOnceAndClosesIt() {
        AtomicBoolean closed = new AtomicBoolean();
        RecordSource source = RecordSources.of("java", Stream.of(Map.of("a", 1)).onClose(() -> closed.set(true)));

        source.open().close();

        assertThat(closed).isTrue();
        assertThatThrownBy(source::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read source java again: a stream is read once");
    }

    @Test
    void refusesMoreNamesThanTheLimit() {
        Stream<Map<String, Integer>> records = IntStream.rangeClosed(0, 10_000).mapToObj(i -> Map.of("n" + i, i));

        assertThatThrownBy(() -> digest(RecordSources.of("java", records)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read source java: its first 10001 records have more than 10000 names between them");
    }

    private static String digest(Map<String, Object> record) {
        return digest(RecordSources.of("java", List.of(record)));
    }

    private static String digest(RecordSource source) {
        try (RecordReader reader = source.open()) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                assertThat(batch.size()).isPositive();
            }
            return reader.evidence().get(0).sha256();
        }
    }

    private static List<@Nullable Object> values(RawBatch batch, int column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            values.add(batch.column(column).get(row));
        }
        return values;
    }
}
