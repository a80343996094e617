package io.lakemesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class CellParsersTest {
    private static final int ROUNDS = 40_000;

    private final Random random = seeded();

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("CellParsersTest seed " + seed);
        return new Random(seed);
    }

    private static Object parse(ColumnContract column, String text) {
        CellParser parser = CellParsers.of(column, column.name());
        return parse(parser, column.type(), text);
    }

    /** The value; null if the text is refused. */
    private static Object parse(CellParser parser, DataType type, String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        Cell cell = new Cell();
        return parser.parse(bytes, 1, bytes.length - 1, cell) ? boxed(cell, type) : null;
    }

    private static Object boxed(Cell cell, DataType type) {
        io.lakemesh.batch.Vector box = io.lakemesh.batch.Vector.of(type, 1);
        cell.store(box, 0);
        return box.get(0);
    }

    private static Object accept(DataType type, Object value) {
        Cell cell = new Cell();
        CellParser parser = CellParsers.of(Contracts.column("c", type), "c");
        return parser.accept(value, cell) ? boxed(cell, type) : null;
    }

    private String randomText(String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static <T> T orNull(String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    @Test
    void readsLongsAsTheJdkDoes() {
        CellParser parser = IntegerParser.ofLong();
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.nextBoolean() ? randomText("0123456789-+", 21) : String.valueOf(random.nextLong());
            assertThat(parse(parser, Primitive.LONG, text)).as(text).isEqualTo(orNull(text, Long::valueOf));
        }
    }

    @Test
    void readsDoublesAsTheJdkDoes() {
        CellParser parser = NumberParser.ofDouble();
        for (int i = 0; i < ROUNDS; i++) {
            String text =
                    switch (random.nextInt(3)) {
                        case 0 -> randomText("00123456789.-+eE", 24);
                        case 1 -> String.valueOf(Double.longBitsToDouble(random.nextLong()));
                        default -> randomText("0123456789", 9) + "." + randomText("0123456789", 14);
                    };
            Double expected = orNull(text, Double::valueOf);
            assertThat(parse(parser, Primitive.DOUBLE, text))
                    .as(text)
                    .isEqualTo(expected == null || !Double.isFinite(expected) ? null : expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-Infinity", "1e999", "0x1p3", "1d", "1f", "", " ", ".", "-", "1 2", "１"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(parse(Contracts.column("c", Primitive.DOUBLE), text)).isNull();
        assertThat(parse(Contracts.column("c", Primitive.FLOAT), text)).isNull();
    }

    @Test
    void readsIsoDatesAsTheJdkDoes() {
        CellParser parser = CellParsers.of(Contracts.column("c", Primitive.DATE), "c");
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(
                    String.format("%04d-%02d-%02d", random.nextInt(10000), random.nextInt(14), random.nextInt(33)));
            assertThat(parse(parser, Primitive.DATE, text)).as(text).isEqualTo(orNull(text.trim(), LocalDate::parse));
        }
    }

    @Test
    void readsIsoTimesAsTheJdkDoes() {
        CellParser parser = CellParsers.of(Contracts.column("c", Primitive.TIME), "c");
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(randomTime());
            LocalTime expected = orNull(text.trim(), LocalTime::parse);
            assertThat(parse(parser, Primitive.TIME, text))
                    .as(text)
                    .isEqualTo(expected == null ? null : expected.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
        }
    }

    @Test
    void readsIsoTimestampsAsTheJdkDoes() {
        CellParser parser = CellParsers.of(Contracts.column("c", Primitive.TIMESTAMPTZ), "c");
        List<String> offsets = List.of("Z", "+00:00", "-05:30", "+18:00", "+19:00", "+01", "+0130", "z", "");
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(String.format(
                    "%04d-%02d-%02dT%s%s",
                    random.nextInt(3000),
                    random.nextInt(14),
                    random.nextInt(33),
                    randomTime(),
                    offsets.get(random.nextInt(offsets.size()))));
            assertThat(parse(parser, Primitive.TIMESTAMPTZ, text))
                    .as(text)
                    .isEqualTo(orNull(text.trim(), CellParsersTest::instant));
        }
    }

    private static OffsetDateTime instant(String text) {
        boolean offset = text.indexOf('T') > 0 && text.matches("(?i).*T.*(Z|[+-][0-9:]+)");
        DateTimeFormatter formatter = new java.time.format.DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .parseLenient()
                .appendOffsetId()
                .toFormatter()
                .withResolverStyle(ResolverStyle.STRICT);
        OffsetDateTime time = offset
                ? OffsetDateTime.parse(text, formatter)
                : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
        return time.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private String randomTime() {
        String time = String.format("%02d:%02d", random.nextInt(25), random.nextInt(61));
        if (random.nextInt(4) > 0) {
            time += String.format(":%02d", random.nextInt(61));
            time += random.nextInt(3) > 0 ? "" : "." + randomText("0123456789", 10);
        }
        return time;
    }

    /** Now and then with a character changed. */
    private String mutated(String text) {
        if (random.nextInt(4) > 0 || text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "0:-T9Zx+".charAt(random.nextInt(8)) + text.substring(at + 1);
    }

    @Test
    void readsDeclaredFormatsAsTheJdkDoes() {
        for (String pattern :
                List.of("dd/MM/yyyy HH:mm", "yyyy-MM-dd'T'HH:mm:ssXXX", "uuuuMMdd HHmmss.SSS", "d MMM yyyy HH:mm")) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
            CellParser parser = CellParsers.of(Contracts.formatted("c", Primitive.TIMESTAMPTZ, pattern), "c");
            for (int i = 0; i < ROUNDS / 10; i++) {
                OffsetDateTime time = OffsetDateTime.ofInstant(
                        Instant.ofEpochMilli(random.nextLong() >>> 18),
                        random.nextBoolean() ? ZoneOffset.UTC : ZoneOffset.ofHours(5));
                String text = mutated(formatter.format(time));
                assertThat(parse(parser, Primitive.TIMESTAMPTZ, text))
                        .as(pattern + ": " + text)
                        .isEqualTo(orNull(text.trim(), valid -> read(formatter, valid)));
            }
        }
    }

    private static OffsetDateTime read(DateTimeFormatter formatter, String text) {
        java.time.temporal.TemporalAccessor parsed =
                formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime time
                ? time.withOffsetSameInstant(ZoneOffset.UTC)
                : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
    }

    @Test
    void readsATimestampWithABlankForTheT() {
        assertThat(parse(Contracts.column("c", Primitive.TIMESTAMP), "2024-02-29 23:20:01.5"))
                .isEqualTo(LocalDateTime.parse("2024-02-29T23:20:01.5"));
    }

    @Test
    void refusesAnOffsetWhereTheTypeHasNone() {
        assertThat(parse(Contracts.column("c", Primitive.TIMESTAMP), "2024-02-29T23:20:01Z"))
                .isNull();
        assertThat(parse(Contracts.column("c", Primitive.TIMESTAMP), "2024-02-29T23:20:01+0100"))
                .isNull();
    }

    @Test
    void readsLocalTimesInTheColumnsZone() {
        ColumnContract utc = Contracts.column("c", Primitive.TIMESTAMPTZ);
        ColumnContract london = new ColumnContract(
                "c",
                "c",
                null,
                utc.type(),
                false,
                Set.of(),
                null,
                ZoneId.of("Europe/London"),
                utc.limits(),
                List.of(),
                null);
        assertThat(parse(london, "2024-07-01T12:00:00")).isEqualTo(OffsetDateTime.parse("2024-07-01T11:00:00Z"));
        assertThat(parse(london, "2024-10-27T01:30:00")).isEqualTo(OffsetDateTime.parse("2024-10-27T00:30:00Z"));
        assertThat(parse(london, "2024-03-31T01:30:00"))
                .as("skipped by the clocks")
                .isNull();
    }

    @Test
    void readsBooleansInAnyCase() {
        ColumnContract column = Contracts.column("c", Primitive.BOOLEAN);
        assertThat(parse(column, " TRUE ")).isEqualTo(true);
        assertThat(parse(column, "False")).isEqualTo(false);
        assertThat(parse(column, "1")).isNull();
        assertThat(parse(column, "yes")).isNull();
    }

    @Test
    void readsDecimalsThatNeedNoRounding() {
        ColumnContract column = Contracts.column("c", new DataType.Decimal(5, 2));
        assertThat(parse(column, "1.5")).isEqualTo(new BigDecimal("1.50"));
        assertThat(parse(column, "1e2")).isEqualTo(new BigDecimal("100.00"));
        assertThat(parse(column, "1.500")).isEqualTo(new BigDecimal("1.50"));
        assertThat(parse(column, "1.505")).isNull();
        assertThat(parse(column, "1000")).isNull();
        assertThat(parse(column, "1e1000000000")).isNull();
        assertThat(parse(column, "1e-1000000000")).isNull();
        assertThat(parse(column, "9".repeat(1000))).isNull();
    }

    @Test
    void readsUuidsAndBase64() {
        UUID uuid = new UUID(random.nextLong(), random.nextLong());
        assertThat(parse(Contracts.column("c", Primitive.UUID), uuid.toString()))
                .isEqualTo(uuid);
        assertThat(parse(Contracts.column("c", Primitive.UUID), "1-2-3-4-5")).isNull();
        assertThat(parse(Contracts.column("c", Primitive.BINARY), "AQI="))
                .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(parse(Contracts.column("c", Primitive.BINARY), "*")).isNull();
    }

    @Test
    void widensTypedValuesWithoutLossOnly() {
        assertThat(accept(Primitive.LONG, 7)).isEqualTo(7L);
        assertThat(accept(Primitive.LONG, BigInteger.TWO.pow(63))).isNull();
        assertThat(accept(Primitive.LONG, new BigDecimal("7.5"))).isNull();
        assertThat(accept(Primitive.LONG, 7.0)).isNull();
        assertThat(accept(Primitive.INT, 1L << 31)).isNull();
        assertThat(accept(Primitive.DOUBLE, 1L << 53)).isEqualTo(0x1p53);
        assertThat(accept(Primitive.DOUBLE, (1L << 53) + 1)).isNull();
        assertThat(accept(Primitive.DOUBLE, new BigDecimal("0.1"))).isEqualTo(0.1);
        assertThat(accept(Primitive.DOUBLE, Double.NaN)).isNull();
        assertThat(accept(Primitive.STRING, 7)).isNull();
        assertThat(accept(Primitive.BOOLEAN, true)).isEqualTo(true);
        assertThat(accept(Primitive.TIMESTAMPTZ, Instant.EPOCH)).isEqualTo(OffsetDateTime.parse("1970-01-01T00:00Z"));
        assertThat(accept(Primitive.TIMESTAMP, Instant.EPOCH)).isNull();
        assertThat(accept(Primitive.DATE, LocalDate.EPOCH)).isEqualTo(LocalDate.EPOCH);
        assertThat(accept(Primitive.BINARY, new byte[] {1})).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    }
}
