package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.testkit.RandomPredicates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheOracleOnRandomTreesAndRows(long seed) {
        RandomPredicates random = new RandomPredicates(seed);
        Batch batch = random.batch(100);
        for (String text : random.texts(600)) {
            Predicate predicate = Predicates.parse(text, RandomPredicates.SCHEMA);
            Evaluator evaluator = Evaluator.of(predicate);
            for (int row = 0; row < batch.size(); row++) {
                assertThat(evaluator.isTrue(batch, row))
                        .as("seed %d: %s of %s", seed, text, batch.row(row))
                        .isEqualTo(Boolean.TRUE.equals(PredicateOracle.test(predicate, batch.row(row))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "score = score, true",
        "score > 1e300, true",
        "score < 0, false",
        "score <> 1, true",
        "ratio = score, true",
    })
    void takesNotANumberForTheGreatestNumberEqualToItself(String text, boolean expected) {
        assertThat(isTrueOf(text, Double.NaN, Float.NaN)).isEqualTo(expected);
    }

    @Test
    void takesZerosOfEitherSignForEqual() {
        assertThat(isTrueOf("score = 0 AND ratio IN (0) AND score BETWEEN 0 AND 0", -0.0, -0f))
                .isTrue();
    }

    @Test
    void knowsNothingOfANullInAList() {
        Batch batch = new RandomPredicates(1).batch(0);
        batch.column(2).set(0, 5L);
        assertThat(isTrue("big NOT IN (1, NULL)", batch)).isFalse();
        assertThat(isTrue("big NOT IN (1, 2)", batch)).isTrue();
        assertThat(isTrue("big IN (5, NULL)", batch)).isTrue();
    }

    @Test
    void hasNoAbsoluteValueOfTheSmallestLong() {
        Batch batch = new RandomPredicates(1).batch(0);
        batch.column(2).set(0, Long.MIN_VALUE);
        assertThat(isTrue("ABS(big) IS NULL", batch)).isTrue();
    }

    @Test
    void namesTheColumnsOfACondition() {
        Predicate predicate = Predicates.parse(
                "name = 'a' OR COALESCE(small, big) IN (1, 2) OR NOT name LIKE 'x'", RandomPredicates.SCHEMA);
        assertThat(Predicates.columns(predicate))
                .isEqualTo(List.of(
                        new Value.Column("name", 10, Primitive.STRING),
                        new Value.Column("small", 1, Primitive.INT),
                        new Value.Column("big", 2, Primitive.LONG)));
    }

    private static boolean isTrueOf(String text, double score, float ratio) {
        Batch batch = new RandomPredicates(1).batch(0);
        batch.column(4).set(0, score);
        batch.column(3).set(0, ratio);
        return isTrue(text, batch);
    }

    private static boolean isTrue(String text, Batch batch) {
        return Evaluator.of(Predicates.parse(text, RandomPredicates.SCHEMA)).isTrue(batch, 0);
    }
}
