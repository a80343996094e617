package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.testkit.RandomPredicates;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionTest {
    private static final int TEXTS = 3_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small > 5 AND small < 5",
                "small >= 6 AND big = 1 AND 5 >= small",
                "small > 5 AND small <= 5",
                "small BETWEEN 3 AND 2",
                "score > 1.5 AND score = 1",
                "price IN (1.50, 2) AND price > 2",
                "name = 'a' AND name = 'b'",
                "name IN ('a', 'b') AND name IN ('c', 'd')",
                "name = 'a' AND name <> 'a'",
                "name IN ('a', 'b') AND name <> 'a' AND name <> 'b'",
                "LOWER(name) = 'a' AND (LOWER(name) = 'b' AND flag)",
                "name = NULL",
                "name IN (NULL)",
                "name IS NULL AND name = 'a'",
                "name IS NULL AND name > 'a'",
                "name IS NULL AND name IN (subject.user)",
                "small = 1 AND small = 2 OR big < 1 AND big > 1",
                "flag AND (small = 1 AND small = 2 OR big < 1 AND big > 1)",
                "sent < '2026-01-01T00:00:00Z' AND sent >= '2026-01-01T01:00:00+01:00'",
            })
    void isFound(String text) {
        assertThat(Predicates.isContradiction(rowFilter(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small >= 5 AND small <= 5",
                "small > 5 AND big < 5",
                "small > 5 OR small < 5",
                "score >= 1.5 AND score <> 1.5",
                "name = 'a' AND name IN (subject.user)",
                "name = subject.user AND name = subject.town",
                "name IS NULL",
                "name IS NULL AND \"other\"\"name\" = 'a'",
                "name IN ('a', 'b') AND name <> 'a'",
                "price IN (1.50, 2) AND price = 2.00",
                "small = 1 AND small = 2 OR flag",
                "NOT (small > 5 AND small < 5)",
                "FALSE",
            })
    void isNotSeenWhereARowMayMatchOrNoneIsMeantTo(String text) {
        assertThat(Predicates.isContradiction(rowFilter(text))).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void letsNoRowThrough(long seed) {
        RandomPredicates random = new RandomPredicates(seed);
        Batch batch = random.batch(100);
        List<String> texts = random.texts(TEXTS);
        int found = 0;
        for (int i = 1; i < TEXTS; i++) {
            Predicate both =
                    Predicates.parse("(" + texts.get(i - 1) + ") AND (" + texts.get(i) + ")", RandomPredicates.SCHEMA);
            if (Predicates.isContradiction(both)) {
                found++;
                assertNone(both, batch);
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    private static void assertNone(Predicate predicate, Batch batch) {
        Evaluator evaluator = Evaluator.of(predicate);
        for (int row = 0; row < batch.size(); row++) {
            assertThat(evaluator.isTrue(batch, row))
                    .as("%s of %s", predicate, batch.row(row))
                    .isFalse();
        }
    }

    private static Predicate rowFilter(String text) {
        return Predicates.parseRowFilter(text, RandomPredicates.SCHEMA);
    }
}
