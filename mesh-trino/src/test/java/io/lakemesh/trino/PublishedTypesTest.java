package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Published;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.testkit.Tables;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type that we publish is what Trino reads, value for value. */
@Tag("server")
class PublishedTypesTest {
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 3, 29, 12, 0, 0, 123_456_000, ZoneOffset.UTC);

    private static TimeZone zone;
    private static Lake lake;

    @BeforeAll
    static void open(@TempDir Path folder) {
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        lake = Lake.onMinio(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
        TimeZone.setDefault(zone);
    }

    @Test
    void everyTypeReadsAlike() {
        Product product = lake.product(
                "everything",
                "1.0.0",
                Lake.properties(
                        Lake.ID,
                        "{ name: flag, logicalType: boolean }",
                        "{ name: small, logicalType: integer, physicalType: int }",
                        "{ name: big, logicalType: integer }",
                        "{ name: single, logicalType: number, physicalType: float }",
                        "{ name: double, logicalType: number }",
                        "{ name: price, logicalType: number, physicalType: \"decimal(9, 2)\" }",
                        "{ name: units, logicalType: number, physicalType: \"decimal(18, 6)\" }",
                        "{ name: huge, logicalType: number, physicalType: \"decimal(38, 10)\" }",
                        "{ name: day, logicalType: date }",
                        "{ name: clock, logicalType: time }",
                        "{ name: local, logicalType: timestamp }",
                        "{ name: at, logicalType: timestamp, physicalType: timestamptz }",
                        "{ name: words, logicalType: string }",
                        "{ name: uid, logicalType: string, physicalType: uuid }",
                        "{ name: bytes, logicalType: string, physicalType: binary }",
                        "{ name: tags, logicalType: array, physicalType: \"list<string>\" }",
                        "{ name: scores, logicalType: object, physicalType: \"map<string, double>\" }",
                        "{ name: place, logicalType: object, physicalType:"
                                + " \"struct<lat: float, visits: list<timestamp>, seen: map<date, timestamptz>,"
                                + " owner: struct<uid: uuid, key: binary, paid: decimal(20, 4)>>\" }"));
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (List<?> values : extremes()) {
            records.add(record(records.size(), values));
        }
        records.add(record(records.size(), List.of()));

        Lake.published(
                product.publish().input(RecordSources.of("extremes", records)).run());

        lake.assertReadsAlike(product, "everything_sales_v1");
        assertThat(Lake.ours(product.read())).hasSize(records.size());
    }

    private static Map<String, @Nullable Object> record(long id, List<?> values) {
        List<String> names = List.of(
                "flag", "small", "big", "single", "double", "price", "units", "huge", "day", "clock", "local", "at",
                "words", "uid", "bytes", "tags", "scores", "place");
        Map<String, @Nullable Object> record = new LinkedHashMap<>(Map.of("id", id));
        IntStream.range(0, values.size()).forEach(i -> record.put(names.get(i), values.get(i)));
        return record;
    }

    private static List<List<?>> extremes() {
        return List.of(
                Arrays.asList(
                        true,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Float.MAX_VALUE,
                        Double.MAX_VALUE,
                        new BigDecimal("9999999.99"),
                        new BigDecimal("999999999999.999999"),
                        new BigDecimal("9999999999999999999999999999.9999999999"),
                        LocalDate.of(9999, 12, 31),
                        LocalTime.of(23, 59, 59, 999_999_000),
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                        OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000, ZoneOffset.UTC),
                        "",
                        new UUID(-1, -1),
                        ByteBuffer.allocate(0),
                        List.of(),
                        Map.of(),
                        place(Float.MIN_VALUE, List.of(), Map.of(), new UUID(0, 0), new byte[0], "0.0000")),
                Arrays.asList(
                        false,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        -Float.MAX_VALUE,
                        -Double.MAX_VALUE,
                        new BigDecimal("-9999999.99"),
                        new BigDecimal("-999999999999.999999"),
                        new BigDecimal("-9999999999999999999999999999.9999999999"),
                        LocalDate.of(1, 1, 1),
                        LocalTime.MIDNIGHT,
                        LocalDateTime.of(1, 1, 1, 0, 0, 0, 1_000),
                        OffsetDateTime.of(1, 1, 1, 0, 0, 0, 1_000, ZoneOffset.UTC),
                        "Fluß, 東京 🦊\t\"quoted\"\nsecond line",
                        UUID.fromString("00000000-0000-0000-8000-000000000001"),
                        ByteBuffer.wrap(new byte[] {0, -1, 127, -128}),
                        Arrays.asList("", null, "ä"),
                        scores(),
                        place(
                                -0.0f,
                                Arrays.asList(LocalDateTime.of(2026, 3, 29, 1, 30), null),
                                Map.of(LocalDate.of(1969, 12, 31), NOON),
                                new UUID(1, 2),
                                new byte[] {0, 1},
                                "-1234567890123456.7891")),
                Arrays.asList(
                        true,
                        0,
                        0L,
                        0.0f,
                        0.0,
                        new BigDecimal("0.00"),
                        new BigDecimal("0.000001"),
                        new BigDecimal("-0.0000000001"),
                        LocalDate.of(1969, 12, 31),
                        LocalTime.of(0, 0, 0, 1_000),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                        OffsetDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000, ZoneOffset.UTC),
                        "null"),
                Arrays.asList(
                        null,
                        -1,
                        -1L,
                        -0.0f,
                        -0.0,
                        null,
                        null,
                        null,
                        LocalDate.of(1582, 10, 10),
                        null,
                        LocalDateTime.of(1582, 10, 10, 10, 10),
                        NOON),
                Arrays.asList(null, 1, 1L, Float.MIN_VALUE, Double.MIN_VALUE));
    }

    private static Map<String, @Nullable Double> scores() {
        Map<String, @Nullable Double> scores = new HashMap<>(Map.of("", -0.0, "a", 1e-300));
        scores.put("b", null);
        return scores;
    }

    private static Map<String, Object> place(
            float latitude,
            List<@Nullable LocalDateTime> visits,
            Map<LocalDate, OffsetDateTime> seen,
            UUID owner,
            byte[] key,
            String paid) {
        return Map.of(
                "lat",
                latitude,
                "visits",
                visits,
                "seen",
                seen,
                "owner",
                Map.of("uid", owner, "key", ByteBuffer.wrap(key), "paid", new BigDecimal(paid)));
    }

    /** No contract lets these through today; the lakehouse writes them all the same. */
    @Test
    void floatsThatAreNoNumbersReadAlike() {
        Field id = Field.optional(Field.UNASSIGNED, "id", DataType.Primitive.LONG);
        Field single = Field.optional(Field.UNASSIGNED, "single", DataType.Primitive.FLOAT);
        Field pair = Field.optional(Field.UNASSIGNED, "double", DataType.Primitive.DOUBLE);
        Field nested = Field.optional(Field.UNASSIGNED, "nested", new DataType.ListOf(pair));
        List<List<?>> rows = List.of(
                List.of(0L, Float.NaN, Double.NaN, List.of(Double.NaN)),
                List.of(1L, Float.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, List.of(Double.POSITIVE_INFINITY)),
                List.of(2L, Float.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of(-0.0)),
                List.of(3L, -0.0f, -0.0, List.of()));

        assertReadsAlike(Tables.contract("nested", id, single, pair, nested), rows);
        assertReadsAlike(
                Tables.contract("flat", id, single, pair),
                rows.stream().<List<?>>map(row -> row.subList(0, 3)).toList());
    }

    private static void assertReadsAlike(TableContract contract, List<List<?>> rows) {
        Lakehouse lakehouse = lake.mesh().lakehouse();
        Publication.Change change = new Publication.Change.Write(
                contract, Tables.staged(lakehouse, contract, contract.object(), rows), Mode.APPEND);
        Published published = lakehouse.publish(new Publication(
                new ProductAddress("tests", contract.object()),
                "stops-id",
                null,
                1,
                contract.object(),
                List.of(change),
                (release, tables) -> new byte[0]));

        assertThat(lake.trino("SELECT * FROM tests." + contract.table().name() + " ORDER BY id"))
                .isEqualTo(Tables.rows(lakehouse, published.tables().get(0), Scan.ALL))
                .isEqualTo(rows);
    }

    /** Flat tables are written by page encoders of our own: dictionaries, their overflow, runs and gaps of nulls, several pages. */
    @Test
    void pagesOfOurOwnReadAlike() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Product product = lake.product(
                "flat",
                "1.0.0",
                Lake.properties(
                        Lake.ID,
                        "{ name: flag, logicalType: boolean }",
                        "{ name: small, logicalType: integer, physicalType: int }",
                        "{ name: big, logicalType: integer }",
                        "{ name: single, logicalType: number, physicalType: float }",
                        "{ name: double, logicalType: number }",
                        "{ name: day, logicalType: date }",
                        "{ name: clock, logicalType: time }",
                        "{ name: local, logicalType: timestamp }",
                        "{ name: at, logicalType: timestamp, physicalType: timestamptz }",
                        "{ name: few, logicalType: string }",
                        "{ name: many, logicalType: string }"));

        Lake.published(product.publish()
                .input(RecordSources.of(
                        "random",
                        IntStream.range(0, 40_000)
                                .mapToObj(id -> flat(id, random))
                                .toList()))
                .run());

        lake.assertReadsAlike(product, "flat_sales_v1");
    }

    private static Map<String, @Nullable Object> flat(long id, Random random) {
        Map<String, @Nullable Object> record = new HashMap<>();
        record.put("id", id);
        record.put("flag", random.nextBoolean());
        record.put("small", random.nextInt(7));
        record.put("big", random.nextLong());
        record.put("single", random.nextFloat());
        record.put("double", random.nextGaussian());
        record.put("day", LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000));
        record.put("clock", LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000));
        record.put("local", NOON.toLocalDateTime().plusSeconds(random.nextInt(100)));
        record.put("at", NOON.plusNanos(random.nextLong(1L << 50) * 1_000));
        record.put("few", "value " + random.nextInt(50));
        record.put("many", id < 20_000 ? "value " + random.nextInt(5) : Long.toString(random.nextLong(), 36));
        boolean gap = id / 5_000 % 2 == 1;
        record.entrySet()
                .removeIf(entry ->
                        !entry.getKey().equals("id") && (gap ? random.nextInt(9) > 0 : random.nextInt(20) == 0));
        return record;
    }
}
