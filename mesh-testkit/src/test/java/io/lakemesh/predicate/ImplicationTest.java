package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.testkit.RandomPredicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImplicationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "small = 1 | 1 = small | same",
                "small = 1 | small IN (1, 1) | same",
                "small BETWEEN 1 AND 2 | small <= 2 AND 1 <= small | same",
                "NOT (NOT flag) | flag | same",
                "flag AND (small = 1 OR big = 2) | (big = 2 OR small = 1) AND flag | same",
                "name IN ('a', 'b') | name IN ('b', 'a', 'c') | narrower",
                "name NOT IN ('a', 'b') | name <> 'a' | narrower",
                "name = 'a' AND flag | name = 'a' | narrower",
                "name = 'a' | name = 'a' OR flag | narrower",
                "small < 5 | small <= 5 | narrower",
                "small < 5 | small < 7 | narrower",
                "small >= 5 | small > 4 | narrower",
                "small = 5 OR small = 6 | small IN (6, 7) OR small = 5 | narrower",
                "FALSE | small = 1 | narrower",
                "small = 1 | TRUE | narrower",
                "name = subject.a | name IN (subject.a, subject.b) | narrower",
                "small <= 5 | small < 5 | wider",
                "small < 5 | small > 4 | unknown",
                "name = 'a' | name = 'b' | unknown",
                "small = 1 | big = 1 | unknown",
                "name = subject.a | name = subject.b | unknown",
                "name LIKE 'a%' | name = 'ab' | unknown",
            })
    void comparesConditions(String one, String other, String expected) {
        List<Predicate> first = List.of(Predicates.parseRowFilter(one, RandomPredicates.SCHEMA));
        List<Predicate> second = List.of(Predicates.parseRowFilter(other, RandomPredicates.SCHEMA));
        boolean narrower = Implication.holds(first, second);
        boolean wider = Implication.holds(second, first);

        assertThat(narrower ? wider ? "same" : "narrower" : wider ? "wider" : "unknown")
                .isEqualTo(expected);
    }

    @Test
    void noConditionIsImpliedByAll() {
        List<Predicate> some = List.of(Predicates.parse("small = 1", RandomPredicates.SCHEMA));

        assertThat(Implication.holds(some, List.of())).isTrue();
        assertThat(Implication.holds(List.of(), some)).isFalse();
    }

    /** Over random conditions, and those that are made of them: no row of one that is said to be narrower is missing in the other. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void saysNothingThatARowContradicts(long seed) {
        RandomPredicates random = new RandomPredicates(seed);
        List<Predicate> predicates = related(random.texts(60), new Random(seed));
        Batch batch = random.batch(1000);
        List<Evaluator> evaluators = predicates.stream().map(Evaluator::of).toList();
        int certain = 0;
        for (int one = 0; one < predicates.size(); one++) {
            for (int other = 0; other < predicates.size(); other++) {
                if (one != other && Implication.holds(List.of(predicates.get(one)), List.of(predicates.get(other)))) {
                    certain++;
                    Evaluator narrow = evaluators.get(one);
                    Evaluator wide = evaluators.get(other);
                    assertThat(IntStream.range(0, batch.size())
                                    .filter(row -> narrow.isTrue(batch, row) && !wide.isTrue(batch, row)))
                            .as("seed %d: %s | %s", seed, predicates.get(one), predicates.get(other))
                            .isEmpty();
                }
            }
        }
        assertThat(certain).isGreaterThan(100);
    }

    private static List<Predicate> related(List<String> texts, Random random) {
        List<Predicate> predicates = new ArrayList<>();
        texts.forEach(text -> predicates.add(Predicates.parse(text, RandomPredicates.SCHEMA)));
        for (String column : List.of("small", "score", "price")) {
            for (String operator : List.of("<", "<=", ">", ">=", "=", "<>")) {
                for (String number : List.of("-1", "0", "1", "1.5", "2")) {
                    predicates.add(Predicates.parse(column + " " + operator + " " + number, RandomPredicates.SCHEMA));
                }
            }
        }
        for (int i = 0; i < 60; i++) {
            Predicate one = predicates.get(random.nextInt(predicates.size()));
            Predicate other = predicates.get(random.nextInt(predicates.size()));
            predicates.add(
                    random.nextBoolean()
                            ? new Predicate.And(List.of(one, other))
                            : random.nextBoolean() ? new Predicate.Or(List.of(one, other)) : new Predicate.Not(one));
        }
        return predicates;
    }
}
