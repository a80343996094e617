package io.lakemesh.testkit;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Seeded texts of predicates, and batches with nulls from few values, so that comparisons often hold. */
public final class RandomPredicates {
    /** A column of every primitive type, among them names to be quoted. */
    public static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    Field.optional(1, "flag", Primitive.BOOLEAN),
                    Field.optional(2, "small", Primitive.INT),
                    Field.optional(3, "big", Primitive.LONG),
                    Field.optional(4, "ratio", Primitive.FLOAT),
                    Field.optional(5, "score", Primitive.DOUBLE),
                    Field.optional(6, "price", new DataType.Decimal(9, 2)),
                    Field.optional(7, "born on", Primitive.DATE),
                    Field.optional(8, "opens", Primitive.TIME),
                    Field.optional(9, "seen", Primitive.TIMESTAMP),
                    Field.optional(10, "sent", Primitive.TIMESTAMPTZ),
                    Field.optional(11, "name", Primitive.STRING),
                    Field.optional(12, "other\"name", Primitive.STRING),
                    Field.optional(13, "id", Primitive.UUID),
                    Field.optional(14, "raw", Primitive.BINARY),
                    Field.optional(15, "fine", new DataType.Decimal(18, 6)),
                    Field.optional(16, "wide", new DataType.Decimal(38, 10))),
            List.of());

    private static final List<String> NUMBERS = List.of(
            "small",
            "big",
            "ratio",
            "score",
            "price",
            "fine",
            "wide",
            "ABS(small)",
            "ABS(big)",
            "ABS(score)",
            "ABS(fine)",
            "LENGTH(name)",
            "COALESCE(ratio, score)",
            "COALESCE(price, wide, 0)");
    private static final List<String> TEXTS =
            List.of("name", "\"other\"\"name\"", "LOWER(name)", "UPPER(name)", "TRIM(name)");
    private static final List<String> NUMBER_LITERALS =
            List.of("0", "1", "-1", "1.50", "2e0", "-0.0", "7", "9223372036854775807", "407058226200.110381e0");
    private static final List<String> TEXT_LITERALS =
            List.of("''", "'a'", "'A'", "' a '", "'it''s'", "'\uD83D\uDE00'", "'\uFFFD'", "'%_'", "'\u00E9'");
    private static final List<String> OPERATORS = List.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            1.5,
            2.0,
            -1.0,
            407058226200.11035,
            1e28,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);
    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "A",
            " a ",
            "a\n",
            "\ta",
            "it's",
            "\uD83D\uDE00",
            "\uD801\uDC00",
            "\uFFFD",
            "%_",
            "ba",
            "\u00C9\u0130\u00DF\u01C5\u03A3\u03C2");

    private final Random random;

    public RandomPredicates(long seed) {
        this.random = new Random(seed);
    }

    private String text(int depth) {
        int choice = depth == 0 ? 9 : random.nextInt(10);
        return switch (choice) {
            case 0, 1 -> "(" + text(depth - 1) + ") AND (" + text(depth - 1) + ")";
            case 2, 3 -> "(" + text(depth - 1) + ") OR " + text(0) + " OR (" + text(depth - 1) + ")";
            case 4, 5 -> "NOT (" + text(depth - 1) + ")";
            default -> test();
        };
    }

    private String test() {
        return switch (random.nextInt(12)) {
            case 0 -> pick(List.of("flag", "TRUE", "FALSE", "NULL", "COALESCE(flag, FALSE)", "flag = TRUE"));
            case 1 -> any() + pick(List.of(" IS NULL", " IS NOT NULL"));
            case 2 ->
                pick(TEXTS)
                        + pick(List.of(" LIKE ", " NOT LIKE "))
                        + pick(List.of("'a%'", "'%a_'", "'_'", "'\\%\\_'", "'\\a%'", "''"));
            case 3 ->
                pick(TEXTS)
                        + pick(List.of(" MATCHES ", " NOT MATCHES "))
                        + pick(List.of("'^a'", "'[aA]\\z'", "''", "'it.s'", "'^[^a]\\z'", "'(?i)IT'", "'\\pL'"));
            case 4, 5 -> among(pick(TEXTS), TEXTS, TEXT_LITERALS);
            case 6, 7 -> among(pick(NUMBERS), NUMBERS, NUMBER_LITERALS);
            case 8 ->
                among("\"born on\"", List.of("\"born on\""), List.of("'2020-02-29'", "DATE '1969-12-31'", "NULL"));
            case 9 -> among("seen", List.of("seen"), List.of("'2020-02-29'", "TIMESTAMP '1969-12-31 23:59:59.999999'"));
            case 10 ->
                among(
                        "sent",
                        List.of("sent"),
                        List.of("'2020-02-29 01:00:00+01:00'", "TIMESTAMP '1969-12-31T23:59:59Z'"));
            default ->
                pick(List.of(
                        among("YEAR(sent)", NUMBERS, List.of("2020", "1969")),
                        among("MONTH(\"born on\")", NUMBERS, List.of("2", "12")),
                        among("HOUR(opens)", NUMBERS, List.of("0", "23")),
                        among("opens", List.of("opens"), List.of("'00:00:00'", "TIME '23:59:59.5'")),
                        among("id", List.of("id"), List.of("'80000000-0000-0000-0000-000000000000'")),
                        "raw = raw"));
        };
    }

    private String among(String value, List<String> values, List<String> literals) {
        return switch (random.nextInt(5)) {
            case 0 -> value + pick(List.of(" IN (", " NOT IN (")) + pick(literals) + ", " + pick(literals) + ")";
            case 1 -> value + " IN (" + pick(values) + ", NULL, " + pick(literals) + ")";
            case 2 -> value + pick(List.of(" BETWEEN ", " NOT BETWEEN ")) + pick(literals) + " AND " + pick(literals);
            case 3 -> pick(literals) + " " + pick(OPERATORS) + " " + value;
            default -> value + " " + pick(OPERATORS) + " " + (random.nextBoolean() ? pick(literals) : pick(values));
        };
    }

    private String any() {
        return pick(List.of(
                "flag", "small", "big", "score", "price", "name", "id", "raw", "UPPER(name)", "COALESCE(small, big)"));
    }

    /** Rows of {@link #SCHEMA}. */
    public Batch batch(int rows) {
        Batch batch = new Batch(SCHEMA);
        for (int column = 0; column < SCHEMA.size(); column++) {
            for (int row = 0; row < rows; row++) {
                batch.column(column).set(row, value(SCHEMA.field(column).type()));
            }
        }
        batch.setSize(rows);
        return batch;
    }

    private @Nullable Object value(DataType type) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        if (!(type instanceof Primitive primitive)) {
            return decimal((DataType.Decimal) type);
        }
        return switch (primitive) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> pick(List.of(0, 1, -1, 2, 7, Integer.MIN_VALUE));
            case LONG -> pick(List.of(0L, 1L, -1L, 2L, 7L, Long.MAX_VALUE, Long.MIN_VALUE));
            case FLOAT -> pick(List.of(0f, -0f, 1f, 1.5f, -1f, Float.NaN, Float.NEGATIVE_INFINITY));
            case DOUBLE -> pick(DOUBLES);
            case DATE -> pick(List.of(LocalDate.of(2020, 2, 29), LocalDate.of(1969, 12, 31), LocalDate.of(2000, 1, 1)));
            case TIME -> pick(List.of(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 500_000_000), LocalTime.NOON));
            case TIMESTAMP -> timestamp();
            case TIMESTAMPTZ -> timestamp().atOffset(ZoneOffset.UTC);
            case STRING -> pick(STRINGS);
            case UUID -> new UUID(pick(List.of(0L, Long.MIN_VALUE, 1L)), 0);
            case BINARY ->
                ByteBuffer.wrap(new byte[] {(byte) random.nextInt(256)}).asReadOnlyBuffer();
        };
    }

    private LocalDateTime timestamp() {
        return pick(List.of(
                LocalDateTime.of(2020, 2, 29, 0, 0),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                LocalDateTime.of(1, 1, 1, 0, 0),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59)));
    }

    private BigDecimal decimal(DataType.Decimal type) {
        List<String> numbers =
                switch (type.scale()) {
                    case 2 -> List.of("0.00", "1.50", "-1.00", "7.00", "2.00");
                    case 6 -> List.of("0.000000", "1.500000", "407058226200.110381", "-999999999999.999999");
                    default -> List.of("1.5000000000", "-0.0000000001", "9999999999999999999999999999.9999999999");
                };
        return new BigDecimal(pick(numbers));
    }

    /** Texts over {@link #SCHEMA}, all at once, so that a failure names its own. */
    public List<String> texts(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> text(random.nextInt(4))).toList());
    }

    private <T> T pick(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }
}
