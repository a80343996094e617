package io.lakemesh.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void readsBackWhatItWrites(long seed) {
        RandomMasks random = new RandomMasks(seed);
        for (int i = 0; i < 2000; i++) {
            Mask mask = random.any();
            assertThat(Mask.parse(mask.toString())).as("seed %d", seed).isEqualTo(mask);
        }
    }

    @Test
    void readsBackTheLongestThatItReads() {
        Mask bands = Mask.parse("bands("
                + IntStream.range(100, 200).mapToObj(n -> n + ".12345").collect(Collectors.joining(",")) + ")");
        assertThat(Mask.parse(bands.toString())).isEqualTo(bands);
        Mask constant = Mask.parse("constant('" + "''".repeat(490) + "')");
        assertThat(Mask.parse(constant.toString())).isEqualTo(constant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                " null  | null",
                "constant( 'it''s (1)' ) | constant('it''s (1)')",
                "first( 3 ) | first(3)",
                "round(-0) | round(0)",
                "bands(0.50,1,100.00) | bands(0.5, 1, 100)",
            })
    void writesCanonicalText(String text, String canonical) {
        assertThat(Mask.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | expected one such as null, last(4) or month",
                "NULL | expected one such as null, last(4) or month",
                "last(4) or month | expected one such as null, last(4) or month",
                "nul | expected one of clear, null, constant, first, last, round, year, month, day, hour, bands, pseudonym, token; did you mean 'null'?",
                "lost(4) | expected one of clear, null, constant, first, last, round, year, month, day, hour, bands, pseudonym, token; did you mean 'last'?",
                "token() | token takes nothing in brackets",
                "last | last takes what it shows in brackets",
                "null() | null takes nothing in brackets",
                "last(0) | last takes a whole number from 1 to 100",
                "first(101) | first takes a whole number from 1 to 100",
                "first(1.0) | first takes a whole number from 1 to 100",
                "first(\u0661) | first takes a whole number from 1 to 100",
                "round(16) | round takes a whole number from -15 to 15",
                "round(1e1) | round takes a whole number from -15 to 15",
                "constant(x) | constant takes a text in single quotes",
                "constant('a'b') | constant takes a text in single quotes",
                "constant('\u0000') | the constant holds a control character or half a surrogate pair",
                "constant('\uD83D') | the constant holds a control character or half a surrogate pair",
                "bands() | bands takes up to 100 numbers with commas between them",
                "bands(1,) | bands takes up to 100 numbers with commas between them",
                "bands(1e3) | bands takes up to 100 numbers with commas between them",
                "bands(1, 1.0) | the bounds of bands must ascend",
                "bands(2, 1) | the bounds of bands must ascend",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Mask.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid mask: " + message);
    }

    @Test
    void refusesAFloodOfText() {
        for (String text : List.of("(".repeat(1_000_000), "constant('" + "x".repeat(1_000_000) + "')")) {
            assertThatThrownBy(() -> Mask.parse(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Invalid mask: expected one such as null, last(4) or month");
        }
        assertThatThrownBy(() -> Mask.parse("bands("
                        + IntStream.range(0, 101).mapToObj(String::valueOf).collect(Collectors.joining(",")) + ")"))
                .hasMessage("Invalid mask: bands takes up to 100 numbers with commas between them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "constant('x') | string",
                "first(1) | string",
                "pseudonym | string",
                "token | string",
                "last(1) | string",
                "round(2) | float double",
                "round(1) | float double decimal(9, 2)",
                "round(-1) | int long float double decimal(9, 2) decimal(38, 0)",
                "month | date timestamp timestamptz",
                "day | timestamp timestamptz",
                "hour | timestamp timestamptz",
                "bands(0, 10) | int long double decimal(9, 2) decimal(38, 0)",
                "bands(-0.5) | double decimal(9, 2)",
                "bands(2147483648) | long double decimal(38, 0)",
                "bands(10000000) | int long double decimal(38, 0)",
            })
    void fitsTypesThatItKeeps(String text, String types) {
        assertThat(fitting(Mask.parse(text))).isEqualTo(types);
    }

    @Test
    void clearAndNullFitAnything() {
        String all = RandomMasks.types().stream().map(DataType::toString).collect(Collectors.joining(" "));
        assertThat(Stream.of("clear", "null").map(text -> fitting(Mask.parse(text))))
                .containsExactly(all, all);
    }

    private static String fitting(Mask mask) {
        return RandomMasks.types().stream()
                .filter(type -> mask.fault(type).isEmpty())
                .map(DataType::toString)
                .collect(Collectors.joining(" "));
    }

    @Test
    void saysWhyItDoesNotFit() {
        assertThat(Mask.parse("month").fault(DataType.Primitive.STRING)).hasValue("is for dates and timestamps");
        assertThat(Mask.parse("day").fault(DataType.Primitive.DATE)).hasValue("leaves every date as it is");
        assertThat(Mask.parse("round(2)").fault(RandomMasks.MONEY))
                .hasValue("leaves every decimal(9, 2) as it is; take fewer digits");
        assertThat(Mask.parse("bands(0.5)").fault(DataType.Primitive.INT)).hasValue("has bounds that are no int");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4})
    void strictnessIsAnOrder(long seed) {
        RandomMasks random = new RandomMasks(seed);
        int chains = 0;
        for (int i = 0; i < 100_000; i++) {
            Mask a = random.any();
            Mask b = random.any();
            Mask c = random.any();
            assertThat(a.isAtLeastAsStrictAs(a)).as("seed %d: %s", seed, a).isTrue();
            boolean chain = a.isAtLeastAsStrictAs(b) && b.isAtLeastAsStrictAs(c);
            chains += chain ? 1 : 0;
            assertThat(!chain || a.isAtLeastAsStrictAs(c))
                    .as("seed %d: %s, %s, %s", seed, a, b, c)
                    .isTrue();
            boolean alike = a.isAtLeastAsStrictAs(b) && b.isAtLeastAsStrictAs(a);
            assertThat(!alike || a.equals(b) || (showsNothing(a) && showsNothing(b)))
                    .as("seed %d: %s, %s", seed, a, b)
                    .isTrue();
        }
        assertThat(chains).isGreaterThan(1000);
    }

    private static boolean showsNothing(Mask mask) {
        return mask == Mask.Plain.NULL || mask instanceof Mask.Constant;
    }

    /** Whoever cannot tell two values apart by a mask cannot by a stricter one. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7})
    void aStricterMaskTellsNoMore(long seed) {
        RandomMasks random = new RandomMasks(seed);
        int compared = 0;
        for (DataType type : RandomMasks.types()) {
            for (int i = 0; i < 300; i++) {
                Mask a = random.of(type);
                Mask b = random.of(type);
                if (a.isAtLeastAsStrictAs(b)) {
                    compared += a.equals(b) ? 0 : 1;
                    requireNoMoreTold(seed, random, type, a, b);
                }
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    private static void requireNoMoreTold(long seed, RandomMasks random, DataType type, Mask a, Mask b) {
        Map<Optional<Object>, Optional<Object>> told = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Object value = random.value(type);
            Optional<Object> byA = MaskingTest.shown(a, type, value);
            Optional<Object> earlier = told.putIfAbsent(MaskingTest.shown(b, type, value), byA);
            assertThat(earlier == null || earlier.equals(byA))
                    .as("seed %d: %s tells %s from another that %s shows alike", seed, a, value, b)
                    .isTrue();
        }
    }
}
