package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.RandomPredicates;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicatesTest {
    private static final TableSchema SCHEMA = RandomPredicates.SCHEMA;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void readsBackWhatItWrites(long seed) {
        for (String text : new RandomPredicates(seed).texts(2000)) {
            Predicate predicate = Predicates.parse(text, SCHEMA);
            assertThat(Predicates.parse(predicate.toString(), SCHEMA))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(predicate);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "small = 1 and not (flag or BIG > 2) | small = 1 AND NOT (flag OR big > 2)",
                "NOT name in ('a', 'it''s') | name NOT IN ('a', 'it''s')",
                "sent >= '2020-01-01' | sent >= TIMESTAMP '2020-01-01T00:00Z'",
                "sent >= '2020-01-01 01:00:00+01:00' | sent >= TIMESTAMP '2020-01-01T00:00Z'",
                "\"born on\" < '2020-01-01' | \"born on\" < DATE '2020-01-01'",
                "small IN (1, -2) | small IN (1, -2)",
                "score = 1 | score = 1.0E0",
                "price <> 1.50 | price <> 1.50",
                "name IS NOT NULL | name IS NOT NULL",
                "flag = false; | ",
            })
    void writesCanonicalText(String text, String canonical) {
        if (canonical != null) {
            assertThat(Predicates.parse(text, SCHEMA)).hasToString(canonical);
        } else {
            assertThatThrownBy(() -> Predicates.parse(text, SCHEMA))
                    .hasMessage("Invalid predicate at character 13: expected AND, OR or the end, found ';'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "smal = 1 | 1 | expected a column, found 'smal'; did you mean 'small'?",
                "small = | 8 | expected a column, a value or a function, found the end",
                "small 1 | 7 | expected a comparison, IN, BETWEEN, IS, LIKE or MATCHES, found '1'",
                "small = 'x' | 9 | cannot compare column 'small' (int) with a string",
                "name = 1 | 8 | cannot compare column 'name' (string) with a long",
                "flag = name | 8 | cannot compare column 'flag' (boolean) with column 'name' (string)",
                "seen = '2020-01-01 00:00:00Z' | 8 | cannot compare column 'seen' (timestamp) with a timestamptz",
                "seen = sent | 8 | cannot compare column 'seen' (timestamp) with column 'sent' (timestamptz)",
                "\"born on\" = 'yesterday' | 13 | expected a date such as '2020-01-31'",
                "\"born on\" = '2020-02-30' | 13 | expected a date such as '2020-01-31'",
                "seen = '2020-01-01T00:00:00.0000001' | 8 | expected at most microseconds",
                "id = 'x' | 6 | expected a uuid such as '123e4567-e89b-12d3-a456-426614174000'",
                "name MATCHES '(?=a)' | 14 | not a regular expression of RE2: invalid or unsupported Perl syntax",
                "name MATCHES '(a)\\1' | 14 | not a regular expression of RE2: invalid escape sequence",
                "small MATCHES 'a' | 1 | MATCHES takes a string, found column 'small' (int)",
                "name LIKE 'a\\' | 11 | the pattern ends with a \\ that escapes nothing",
                "name LIKE 1 | 11 | expected a pattern in quotes, found '1'",
                "LOWR(name) = 'a' | 1 | expected one of the functions LOWER, UPPER, TRIM, LENGTH, ABS, YEAR, MONTH, DAY, HOUR, COALESCE, found 'LOWR'; did you mean 'LOWER'?",
                "LOWER(name, name) = 'a' | 1 | LOWER takes one argument, found 2",
                "YEAR(name) = 1 | 6 | YEAR takes a date or a timestamp, found column 'name' (string)",
                "COALESCE(small, 1.5) = 1 | 1 | COALESCE takes values of one type, found int and decimal(2, 1)",
                "small = 1 AND (flag | 20 | expected ')', found the end",
                "name = 'a | 8 | expected a closing ', found the end",
                "name.first = 'a' | 1 | expected a column, found a name with a dot; conditions cannot look into nested columns",
                "small NOT = 1 | 11 | expected IN, BETWEEN, LIKE or MATCHES after NOT, found '='",
                "small = 1e | 9 | expected digits after the exponent's E",
                "score = 1e999 | 9 | the number is too large for a double",
                "ratio = 1e99 | 9 | the number is too large for a float",
                "small = 1x | 9 | expected a number, found letters in it; quote names that begin with a digit",
                "name = '\uD83D' | 8 | expected a text, found half a surrogate pair in it",
                "small # 1 | 7 | expected a name, a value or an operator, found '#'",
                "DATE '12020-01-01' = \"born on\" | 6 | expected a date such as '2020-01-31'",
            })
    void saysWhereAndWhatIsWrong(String text, int at, String message) {
        assertThatThrownBy(() -> Predicates.parse(text, SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid predicate at character " + at + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "price < 99999999999999999999999999999999999999 | 40",
                "small = 1 OR NOT big IN (1, 0.00000000000000000001) | 39",
                "COALESCE(wide, 99999999999999999999999999999.5) > 0 | 39",
            })
    void refusesRowFiltersOfNumbersThatEnginesCannotCompare(String text, int digits) {
        assertThat(Predicates.parse(text, SCHEMA)).isNotNull();
        assertThatThrownBy(() -> Predicates.parseRowFilter(text, SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid row filter: ")
                .hasMessageEndingWith(
                        " compares numbers that together need " + digits + " digits, at most 38 are allowed");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void acceptsWithoutATableWhatAnyTableAccepts(long seed) {
        for (String text : new RandomPredicates(seed).texts(1500)) {
            assertThatCode(() -> Predicates.requireRowFilter(text))
                    .as("seed %d: %s", seed, text)
                    .doesNotThrowAnyException();
        }
        Predicates.requireRowFilter("price IN (1, 1.5, 2e0) AND COALESCE(big, 1) > 0.5 AND YEAR(name) = 'x' AND flag");
        Predicates.requireRowFilter("name = subject.name OR code NOT IN (subject.unit, 'a')");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "age > | 6 | expected a column, a value or a function, found the end",
                "age > 1 AND (kind = 'a' | 24 | expected ')', found the end",
                "AGE(born) > 1 | 1 | expected one of the functions LOWER, UPPER, TRIM, LENGTH, ABS, YEAR, MONTH, DAY, HOUR, COALESCE, found 'AGE'",
                "YEAR(born, died) > 1 | 1 | YEAR takes one argument, found 2",
                "COALESCE(born) > 1 | 1 | COALESCE takes two arguments or more, found 1",
                "name MATCHES '(' | 14 | not a regular expression of RE2: missing closing )",
                "name = subject. | 16 | expected the name of an attribute, found the end",
                "1 = 'a' | 5 | cannot compare a long with a string",
            })
    void saysWithoutATableWhatNoTableAccepts(String text, int at, String message) {
        assertThatThrownBy(() -> Predicates.requireRowFilter(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid predicate at character " + at + ": " + message);
    }

    @Test
    void comparesNumbersOf38DigitsAndAnyWithADoubleInRowFilters() {
        assertThat(Predicates.parseRowFilter("wide = big AND COALESCE(wide, 9.5) <> 1", SCHEMA))
                .isNotNull();
        assertThat(Predicates.parseRowFilter("score = wide OR wide = score", SCHEMA))
                .isNotNull();
    }

    @Test
    void prefersTheExactNameAndRefusesAnAmbiguousOne() {
        TableSchema schema = new TableSchema(
                List.of(
                        Field.optional(1, "a", Primitive.LONG),
                        Field.optional(2, "A", Primitive.LONG),
                        Field.optional(3, "bc", Primitive.LONG),
                        Field.optional(4, "BC", Primitive.LONG)),
                List.of());
        assertThat(Predicates.parse("A = 1", schema)).hasToString("A = 1");
        assertThatThrownBy(() -> Predicates.parse("Bc = 1", schema))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected a column, found 'Bc'");
    }

    @Test
    void testsNestedColumnsForNullOnly() {
        TableSchema schema = new TableSchema(
                List.of(Field.optional(1, "parts", new DataType.ListOf(Field.optional(2, "element", Primitive.LONG)))),
                List.of());
        assertThat(Predicates.parse("parts IS NULL", schema)).hasToString("parts IS NULL");
        assertThatThrownBy(() -> Predicates.parse("parts = parts", schema))
                .hasMessage(
                        "Invalid predicate at character 1: column 'parts' (list<long>) can only be tested with IS NULL"
                                + " and IS NOT NULL");
    }

    @Test
    void limitsDepthAndLength() {
        assertThatThrownBy(() -> Predicates.parse("(".repeat(100) + "flag", SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nested too deeply, at most 64 levels are allowed");
        assertThatThrownBy(() -> Predicates.parse("NOT ".repeat(100) + "flag", SCHEMA))
                .hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> Predicates.parse("ABS(".repeat(100) + "big", SCHEMA))
                .hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> Predicates.parse(" ".repeat(65_537), SCHEMA))
                .hasMessage("Invalid predicate: 65537 characters long, at most 65536 are allowed");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void refusesGarbageWithAPositionAndNothingElse(long seed) {
        Random random = new Random(seed);
        for (String text : new RandomPredicates(seed).texts(1500)) {
            StringBuilder broken = new StringBuilder(text);
            broken.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(96) + 32));
            try {
                Predicate predicate = Predicates.parse(broken.toString(), SCHEMA);
                assertThat(Predicates.parse(predicate.toString(), SCHEMA)).isEqualTo(predicate);
            } catch (InvalidInputException e) {
                assertThat(e).as("seed %d: %s", seed, broken).hasMessageStartingWith("Invalid predicate at character ");
            }
        }
    }
}
