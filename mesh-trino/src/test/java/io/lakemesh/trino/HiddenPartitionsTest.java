package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables read alike whatever they are partitioned by, filters on partitions included. */
@Tag("server")
class HiddenPartitionsTest {
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 3, 29, 12, 0, 0, 123_456_000, ZoneOffset.UTC);

    private static Lake lake;

    @BeforeAll
    static void open(@TempDir Path folder) {
        lake = Lake.onMinio(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "words",
                "day",
                "year(day)",
                "month(day)",
                "day(day)",
                "year(local)",
                "month(at)",
                "day(local)",
                "hour(at)",
                "bucket(4, words)",
                "bucket(4, number)",
                "bucket(4, uid)",
                "bucket(4, price)",
                "truncate(2, words)",
                "truncate(10, number)",
                "truncate(50, price)"
            })
    void hiddenPartitionsReadAlike(String transform) {
        String name = "by_" + transform.replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
        Product product = lake.product(
                name,
                "1.0.0",
                "    customProperties: [{ property: lakemesh.partition, value: [\"" + transform + "\"] }]\n"
                        + Lake.properties(
                                Lake.ID,
                                "{ name: words, logicalType: string }",
                                "{ name: number, logicalType: integer }",
                                "{ name: price, logicalType: number, physicalType: \"decimal(9, 2)\" }",
                                "{ name: uid, logicalType: string, physicalType: uuid }",
                                "{ name: day, logicalType: date }",
                                "{ name: local, logicalType: timestamp }",
                                "{ name: at, logicalType: timestamp, physicalType: timestamptz }"));
        Lake.published(product.publish()
                .input(RecordSources.of(
                        "partitioned",
                        IntStream.range(0, 40)
                                .mapToObj(HiddenPartitionsTest::partitioned)
                                .toList()))
                .run());

        lake.assertReadsAlike(product, name + "_sales_v1");
        String filter =
                "words = '7 东' OR number = 70 OR day = DATE '2026-03-17' OR at > TIMESTAMP '2026-04-01 00:00:00 UTC'";
        assertThat(lake.trino("SELECT id FROM " + name + "_sales_v1 WHERE " + filter + " ORDER BY id"))
                .isEqualTo(lake.trino("SELECT id FROM (SELECT * FROM " + name
                        + "_sales_v1 ORDER BY id LIMIT 1000) WHERE " + filter + " ORDER BY id"))
                .hasSizeGreaterThan(3);
    }

    private static Map<String, @Nullable Object> partitioned(int i) {
        Map<String, @Nullable Object> record = new HashMap<>(Map.of("id", (long) i));
        if (i % 8 != 5) {
            record.put("words", (i % 10) + " 东");
            record.put("number", (i % 10 - 3) * 10L);
            record.put("price", new BigDecimal(i - 20).movePointLeft(1).setScale(2));
            record.put("uid", new UUID(i % 4, i));
            record.put("day", NOON.toLocalDate().plusDays(i - 20));
            record.put("local", NOON.toLocalDateTime().plusDays(i - 20));
            record.put("at", NOON.plusHours(i * 7L - 100));
        }
        return record;
    }
}
