package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.GovernedReader;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.RandomPredicates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Trino shows what our reader shows: every kind of mask, on every type that it is for. */
@Tag("server")
class TrinoMasksTest {
    private static final TableSchema SCHEMA = RandomPredicates.SCHEMA;
    private static final long SEED = 41;
    private static final int ROWS = 600;
    private static final List<Double> NUMBERS = List.of(
            8.2,
            -8.2,
            0.29,
            4.35,
            -0.4,
            0.7,
            Math.nextDown(0.7),
            123.45,
            1e22,
            1e300,
            -1e300,
            0x1p53,
            Double.MIN_VALUE);

    private static final List<Shown> SHOWN = Stream.concat(
                    Stream.of(
                            "null",
                            "pseudonym",
                            "token",
                            "constant('it''s \uD83D\uDE00')",
                            "constant('')",
                            "first(1)",
                            "first(3)",
                            "first(100)",
                            "last(1)",
                            "last(3)",
                            "last(100)",
                            "year",
                            "month",
                            "day",
                            "hour",
                            "bands(0)",
                            "bands(-1000000, -1, 0, 1, 7, 1000000)",
                            "bands(-0.5, 0.1, 1.5)"),
                    IntStream.rangeClosed(-15, 15).mapToObj(digits -> "round(" + digits + ")"))
            .map(Mask::parse)
            .flatMap(mask -> SCHEMA.fields().stream()
                    .filter(field -> mask.fault(field.type()).isEmpty())
                    .map(field -> new Shown(mask, field)))
            .toList();

    private static TrinoTable table;

    private record Shown(Mask mask, Field field) {
        /** In the place of the column, whose type it takes. */
        String sql() {
            return "if(true, " + TrinoTable.sql(TrinoMasks.render(mask, field.type()), field) + ", "
                    + SqlLiterals.name(field.name()) + ")";
        }
    }

    @BeforeAll
    static void fill(@TempDir Path folder) {
        table = TrinoTable.of(folder, rows());
    }

    /** The values of conditions, every second one replaced by one from the whole range of its type. */
    private static Batch rows() {
        Random random = new Random(SEED);
        Batch batch = new RandomPredicates(SEED).batch(ROWS);
        for (int column = 0; column < SCHEMA.size(); column++) {
            for (int row = 0; row < ROWS; row += 2) {
                Object any = any(SCHEMA.field(column).type(), random);
                batch.column(column).set(row, any == null ? batch.column(column).get(row) : any);
            }
        }
        return batch;
    }

    private static @Nullable Object any(DataType type, Random random) {
        if (type instanceof DataType.Decimal decimal) {
            BigInteger digits = new BigInteger(130, random).mod(BigInteger.TEN.pow(decimal.precision()));
            return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), decimal.scale());
        }
        return switch ((Primitive) type) {
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextBoolean() ? Float.intBitsToFloat(random.nextInt()) : (float) number(random);
            case DOUBLE -> random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : number(random);
            case DATE -> LocalDate.of(1 + random.nextInt(9999), 1, 1).plusDays(random.nextInt(365));
            case TIMESTAMP -> timestamp(random);
            case TIMESTAMPTZ -> timestamp(random).atOffset(ZoneOffset.UTC);
            case STRING -> text(random);
            case BOOLEAN, TIME, UUID, BINARY -> null;
        };
    }

    /** Numbers that binary fractions only come near to, and others that are easily cut wrong. */
    private static double number(Random random) {
        return random.nextBoolean()
                ? random.nextInt(100_000) / 1000.0 - 50
                : NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private static LocalDateTime timestamp(Random random) {
        return LocalDateTime.of(1 + random.nextInt(9998), 1, 1, 0, 0)
                .plusSeconds(random.nextInt(366 * 24 * 3600))
                .plusNanos(1000L * random.nextInt(1_000_000));
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(8))
                .map(i -> "a'\u00E9\u6771\n ".codePointAt(random.nextInt(6)) + (random.nextInt(5) == 0 ? 0x1F600 : 0))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void showsTheSameValues() {
        List<List<@Nullable Object>> theirs =
                table.select(SHOWN.stream().map(Shown::sql).toList());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < SHOWN.size(); i++) {
            Batch original = rows();
            Batch ours = governed(SHOWN.get(i));
            int column = SCHEMA.position(SHOWN.get(i).field().name()).orElseThrow();
            for (int row = 0; row < ROWS; row++) {
                Object expected = ours.column(column).get(row);
                if (!Objects.equals(theirs.get(row).get(i), expected)) {
                    differences.add(
                            SHOWN.get(i) + " of " + original.column(column).get(row) + ": "
                                    + theirs.get(row).get(i) + " in Trino, not " + expected);
                }
            }
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
    }

    @Test
    void keepsTheTypes() {
        assertThat(table.types(SHOWN.stream().map(Shown::sql).toList()))
                .isEqualTo(SHOWN.stream().map(shown -> shown.field().type()).toList());
    }

    private static Batch governed(Shown shown) {
        Decision.Granted decision =
                new Decision.Granted("role", List.of(), Map.of(shown.field().id(), shown.mask()), SCHEMA);
        try (GovernedReader reader = new GovernedReader(new Once(rows()), decision, SCHEMA)) {
            return Objects.requireNonNull(reader.next());
        }
    }

    private record Once(Batch batch) implements BatchReader {
        @Override
        public Batch next() {
            return batch;
        }

        @Override
        public void close() {}
    }
}
