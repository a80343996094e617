package io.lakemesh.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.predicate.Evaluator;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcebergPredicatesTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    Field.optional(1, "flag", Primitive.BOOLEAN),
                    Field.optional(2, "small", Primitive.INT),
                    Field.optional(3, "big", Primitive.LONG),
                    Field.optional(4, "ratio", Primitive.FLOAT),
                    Field.optional(5, "score", Primitive.DOUBLE),
                    Field.optional(6, "price", new DataType.Decimal(9, 2)),
                    Field.optional(7, "day", Primitive.DATE),
                    Field.optional(8, "sent", Primitive.TIMESTAMPTZ),
                    Field.optional(9, "na.me", Primitive.STRING)),
            List.of());
    private static final Schema TABLE = new Schema(
            Types.NestedField.optional(1, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(2, "small", Types.IntegerType.get()),
            Types.NestedField.optional(3, "big", Types.LongType.get()),
            Types.NestedField.optional(4, "ratio", Types.FloatType.get()),
            Types.NestedField.optional(5, "score", Types.DoubleType.get()),
            Types.NestedField.optional(6, "price", Types.DecimalType.of(9, 2)),
            Types.NestedField.optional(7, "day", Types.DateType.get()),
            Types.NestedField.optional(8, "sent", Types.TimestampType.withZone()),
            Types.NestedField.optional(9, "na.me", Types.StringType.get()));
    private static final List<List<Object>> VALUES = List.of(
            List.of(true, false),
            List.of(0, 1, 7, Integer.MIN_VALUE),
            List.of(0L, 1L, 7L, Long.MAX_VALUE),
            List.of(0f, -0f, 1f, Float.NaN, Float.POSITIVE_INFINITY),
            List.of(0.0, -0.0, 1.0, Double.NaN, -1.0),
            List.of(new BigDecimal("0.00"), new BigDecimal("1.00"), new BigDecimal("1.50")),
            List.of(LocalDate.of(2020, 2, 29), LocalDate.of(1969, 12, 31)),
            List.of(OffsetDateTime.parse("2020-02-29T00:00Z"), OffsetDateTime.parse("1969-12-31T23:59:59.999999Z")),
            List.of("", "a", "\uD83D\uDE00", "\uFFFD"));
    private static final List<String> NUMBERS = List.of("small", "big", "ratio", "score", "price");
    private static final List<String> LITERALS =
            List.of("0", "-0.0", "1", "1.5", "1.505", "7", "3000000000", "1e0", "NULL");
    private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void keepsEveryRowForWhichThePredicateIsTrue(long seed) {
        Random random = new Random(seed);
        Batch batch = batch(random, 60);
        for (int i = 0; i < 800; i++) {
            String text = text(random, 3);
            Predicate predicate = Predicates.parse(text, SCHEMA);
            Evaluator ours = Evaluator.of(predicate);
            Expression expression = IcebergPredicates.translate(predicate);
            org.apache.iceberg.expressions.Evaluator theirs =
                    new org.apache.iceberg.expressions.Evaluator(TABLE.asStruct(), expression);
            for (int row = 0; row < batch.size(); row++) {
                boolean kept = theirs.eval(new InternalRecordWrapper(TABLE.asStruct()).wrap(row(batch, row)));
                assertThat(kept || !ours.isTrue(batch, row))
                        .as("seed %d: %s as %s drops %s", seed, text, expression, batch.row(row))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "big > 5 AND small IN (1) | (ref(name=\"big\") > 5 and ref(name=\"small\") == 1)",
                "NOT (big > 5 OR flag) | (ref(name=\"big\") <= 5 and ref(name=\"flag\") == false)",
                "ABS(big) > 5 AND day IS NULL | is_null(ref(name=\"day\"))",
                "big = NULL | false",
            })
    void pushesDownWhatIcebergCanSay(String text, String expression) {
        assertThat(IcebergPredicates.translate(Predicates.parse(text, SCHEMA))).hasToString(expression);
    }

    private static GenericRecord row(Batch batch, int row) {
        GenericRecord record = GenericRecord.create(TABLE);
        for (int column = 0; column < SCHEMA.size(); column++) {
            record.set(column, batch.column(column).get(row));
        }
        return record;
    }

    private static Batch batch(Random random, int rows) {
        Batch batch = new Batch(SCHEMA);
        for (int column = 0; column < SCHEMA.size(); column++) {
            for (int row = 0; row < rows; row++) {
                batch.column(column).set(row, random.nextInt(4) == 0 ? null : pick(random, VALUES.get(column)));
            }
        }
        batch.setSize(rows);
        return batch;
    }

    private static String text(Random random, int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(6)) {
            case 0 -> "(" + text(random, depth - 1) + ") AND (" + text(random, depth - 1) + ")";
            case 1 -> "(" + text(random, depth - 1) + ") OR (" + text(random, depth - 1) + ")";
            case 2 -> "NOT (" + text(random, depth - 1) + ")";
            default -> test(random);
        };
    }

    private static String test(Random random) {
        String number = pick(random, NUMBERS);
        String not = pick(random, List.of(" ", " NOT "));
        String low = pick(random, LITERALS);
        String high = pick(random, LITERALS);
        return pick(
                random,
                Arrays.asList(
                        number + " " + pick(random, OPERATORS) + " " + low,
                        low + " " + pick(random, OPERATORS) + " " + number,
                        number + not + "IN (" + low + ", " + high + ")",
                        number + not + "BETWEEN " + low + " AND " + high,
                        number + " IS" + not + "NULL",
                        number + " < " + pick(random, NUMBERS),
                        "flag",
                        "flag " + pick(random, OPERATORS) + " TRUE",
                        "day " + pick(random, OPERATORS) + " '2020-02-29'",
                        "sent " + pick(random, OPERATORS) + " '1969-12-31 23:59:59.999999'",
                        "\"na.me\" " + pick(random, OPERATORS) + " '\uFFFD'",
                        "\"na.me\"" + not + "LIKE 'a%'",
                        pick(random, List.of("TRUE", "FALSE", "NULL"))));
    }

    private static <T> T pick(Random random, List<T> options) {
        return options.get(random.nextInt(options.size()));
    }
}
