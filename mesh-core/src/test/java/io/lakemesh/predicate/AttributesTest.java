package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of the subject in row filters. */
class AttributesTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    Field.optional(1, "force", Primitive.STRING),
                    Field.optional(2, "size", Primitive.LONG),
                    Field.optional(3, "armed", Primitive.BOOLEAN),
                    Field.optional(4, "born", Primitive.DATE),
                    Field.optional(5, "id", Primitive.UUID),
                    Field.optional(6, "tags", new DataType.ListOf(Field.optional(7, "element", Primitive.STRING)))),
            List.of());

    private static final Map<String, List<String>> ATTRIBUTES =
            Map.of("user", List.of("ada"), "force", List.of("essex", "kent"), "one", List.of("essex"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "force = subject.force | force IN (subject.force)",
                "SUBJECT.force = FORCE | force IN (subject.force)",
                "NOT (force <> subject.user) | NOT force NOT IN (subject.user)",
                "'a' = subject.user OR force NOT IN (subject.force, 'b') | 'a' IN (subject.user) OR force NOT IN (subject.force, 'b')",
                "LOWER(force) = subject.Force | LOWER(force) IN (subject.Force)",
            })
    void standForTextsToCompareWith(String text, String canonical) {
        Predicate filter = Predicates.parseRowFilter(text, SCHEMA);
        assertThat(filter).hasToString(canonical);
        assertThat(Predicates.parseRowFilter(canonical, SCHEMA)).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subject.user | 1 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "(subject.user) = force | 2 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "force < subject.user | 9 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "subject.user >= force | 1 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "subject.user = subject.force | 16 | subject.force can only be compared with a column or a text, by =, <> or IN (...)",
                "subject.user IN ('ada') | 1 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "subject.user IS NULL | 1 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "subject.user LIKE 'a%' | 1 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "force BETWEEN 'a' AND subject.user | 23 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "LOWER(subject.user) = force | 7 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "COALESCE(force, subject.user) = 'a' | 17 | subject.user can only be compared with a column or a text, by =, <> or IN (...)",
                "force LIKE subject.user | 12 | expected a pattern in quotes, found 'subject'",
                "size = subject.size | 8 | cannot compare column 'size' (long) with a string",
                "size IN (1, subject.size) | 13 | cannot compare column 'size' (long) with a string",
                "born = subject.day | 8 | cannot compare column 'born' (date) with a string",
                "id = subject.id | 6 | cannot compare column 'id' (uuid) with a string",
                "1 = subject.one | 5 | cannot compare a long with a string",
                "armed = subject.armed | 9 | cannot compare column 'armed' (boolean) with a string",
                "tags = subject.tags | 1 | column 'tags' (list<string>) can only be tested with IS NULL and IS NOT NULL",
                "force = subject. | 17 | expected the name of an attribute, found the end",
                "force = subject.'x' | 17 | expected the name of an attribute, found a string",
                "force = subject | 9 | expected a column, found 'subject'",
                "force = subject.a.b | 18 | expected AND, OR or the end, found '.'",
                "force = \"subject\".a | 9 | expected a column, found a name with a dot; conditions cannot look into nested columns",
            })
    void standNowhereElse(String text, int at, String message) {
        assertThatThrownBy(() -> Predicates.parseRowFilter(text, SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid predicate at character " + at + ": " + message);
    }

    @Test
    void areUnknownToAReadersOwnCondition() {
        assertThatThrownBy(() -> Predicates.parse("force = subject.force", SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid predicate at character 9: expected a column, found a name with a dot;"
                        + " conditions cannot look into nested columns");
    }

    @Test
    void meanNothingUntilTheyAreBound() {
        Predicate filter = Predicates.parseRowFilter("force = subject.force", SCHEMA);
        assertThatThrownBy(() -> Evaluator.of(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid predicate: subject.force is not bound to a subject");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "force = subject.force | true | true | false | false",
                "force <> subject.force | false | false | true | false",
                "NOT force = subject.force | false | false | true | false",
                "force IN (subject.one, 'met') | true | false | true | false",
                "force NOT IN (subject.one, 'met') | false | true | false | false",
                "subject.user = 'ada' | true | true | true | true",
                "subject.user <> 'ada' | false | false | false | false",
                "force = subject.none | false | false | false | false",
                "force <> subject.none | false | false | false | false",
                "NOT (force = subject.none) | false | false | false | false",
                "NOT (force <> subject.none OR size = 1) | false | false | false | false",
                "force NOT IN (subject.none, 'met') | false | false | false | false",
                "force IN (subject.none, 'met') | false | false | true | false",
                "'x' <> subject.none | false | false | false | false",
            })
    void ofSeveralValuesOneIsMeantAndOfNoneNothing(
            String text, boolean essex, boolean kent, boolean met, boolean none) {
        Evaluator evaluator = Evaluator.of(Predicates.bind(
                Predicates.parseRowFilter(text, SCHEMA), name -> ATTRIBUTES.getOrDefault(name, List.of())));
        Batch batch = new Batch(SCHEMA);
        List<String> forces = List.of("essex", "kent", "met");
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < SCHEMA.size(); column++) {
                batch.column(column).set(row, column == 0 && row < 3 ? forces.get(row) : null);
            }
        }
        assertThat(List.of(
                        evaluator.isTrue(batch, 0),
                        evaluator.isTrue(batch, 1),
                        evaluator.isTrue(batch, 2),
                        evaluator.isTrue(batch, 3)))
                .containsExactly(essex, kent, met, none);
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR TRUE OR force = '", "essex') OR (TRUE", "%", "subject.user", "NULL", ""})
    void areDataWhateverTheyHold(String value) {
        Predicate filter =
                Predicates.bind(Predicates.parseRowFilter("force = subject.x", SCHEMA), name -> List.of(value));
        assertThat(filter)
                .isEqualTo(new Predicate.In(
                        new Value.Column("force", 0, Primitive.STRING),
                        List.of(new Value.Literal(value, Primitive.STRING))));
        assertThat(Predicates.parse(filter.toString(), SCHEMA)).isEqualTo(filter);
    }
}
