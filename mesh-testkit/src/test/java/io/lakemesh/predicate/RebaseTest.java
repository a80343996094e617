package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.RandomPredicates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition that moves to other columns says of each row what it said before. */
class RebaseTest {
    private static final TableSchema FROM = RandomPredicates.SCHEMA;
    private static final int ROWS = 60;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isTrueOfTheSameRowsWhateverColumnsAreCalledAndWhereverTheyStand(long seed) {
        Random random = new Random(seed);
        RandomPredicates predicates = new RandomPredicates(seed);
        Batch before = predicates.batch(ROWS);
        for (String text : predicates.texts(400)) {
            Predicate predicate = Predicates.parse(text, FROM);
            TableSchema to = changed(random);
            Batch after = moved(before, to);
            Evaluator here = Evaluator.of(predicate);
            Evaluator there = Evaluator.of(Predicates.rebase(predicate, FROM, to));
            Batch withNulls = withoutThoseGone(before, to);
            for (int row = 0; row < ROWS; row++) {
                assertThat(there.isTrue(after, row))
                        .as("seed %d: %s of %s over %s", seed, text, withNulls.row(row), to)
                        .isEqualTo(here.isTrue(withNulls, row));
            }
        }
    }

    @Test
    void followsTheFieldIdPastAnotherColumnThatTookTheName() {
        TableSchema to = new TableSchema(
                List.of(renamed(11, "other\"name"), renamed(12, "name"), renamed(2, "smaller")), List.of());
        Predicate predicate = Predicates.parse("name = 'a' AND small = 1 AND flag", FROM);
        assertThat(Predicates.rebase(predicate, FROM, to))
                .hasToString("\"other\"\"name\" = 'a' AND smaller = 1 AND NULL");
    }

    /** Some columns are gone, all are renamed and in another order, and there are some that were not there. */
    private static TableSchema changed(Random random) {
        List<Field> fields = new ArrayList<>();
        for (Field field : FROM.fields()) {
            if (random.nextInt(4) > 0) {
                fields.add(new Field(field.id(), "c" + field.id(), field.type(), false, null));
            }
            if (random.nextInt(6) == 0) {
                fields.add(new Field(100 + field.id(), field.name(), field.type(), false, null));
            }
        }
        Collections.shuffle(fields, random);
        return new TableSchema(fields, List.of());
    }

    private static Batch moved(Batch before, TableSchema to) {
        Batch after = new Batch(to);
        for (int column = 0; column < to.size(); column++) {
            int source = to.field(column).id() % 100 - 1;
            for (int row = 0; row < ROWS; row++) {
                after.column(column)
                        .copy(
                                row,
                                before.column(source),
                                (row + to.field(column).id() / 100) % ROWS);
            }
        }
        after.setSize(ROWS);
        return after;
    }

    private static Batch withoutThoseGone(Batch before, TableSchema to) {
        Batch result = new Batch(FROM);
        for (int column = 0; column < FROM.size(); column++) {
            int id = FROM.field(column).id();
            boolean stays = to.fields().stream().anyMatch(field -> field.id() == id);
            for (int row = 0; row < ROWS; row++) {
                if (stays) {
                    result.column(column).copy(row, before.column(column), row);
                } else {
                    result.column(column).setNull(row);
                }
            }
        }
        result.setSize(ROWS);
        return result;
    }

    private static Field renamed(int id, String name) {
        return Field.optional(id, name, FROM.field(id - 1).type());
    }
}
