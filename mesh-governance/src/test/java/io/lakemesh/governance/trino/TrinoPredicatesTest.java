package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.predicate.Evaluator;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.RandomPredicates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Trino takes conditions for true, false and unknown of the rows of which we do. */
@Tag("server")
class TrinoPredicatesTest {
    private static final int PER_QUERY = 200;
    private static final Batch ROWS = new RandomPredicates(30).batch(120);

    private static final Batch LETTER = new Batch(new TableSchema(
            Stream.of("letter", "lower", "upper")
                    .map(name -> Field.optional(Field.UNASSIGNED, name, Primitive.STRING))
                    .toList(),
            List.of()));
    private static final Evaluator CASES =
            Evaluator.of(Predicates.parse("LOWER(letter) = lower AND UPPER(letter) = upper", LETTER.schema()));

    private static TrinoTable table;

    @BeforeAll
    static void fill(@TempDir Path folder) {
        table = TrinoTable.of(folder, ROWS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void agreesOnRandomConditions(long seed) {
        assertThat(differences(new RandomPredicates(seed).texts(1000)))
                .as("seed %d", seed)
                .isEmpty();
    }

    /** What the generator has not. */
    @Test
    void agreesAtTheEdges() {
        assertThat(differences(List.of(
                        "name LIKE '\\i\\t''%'",
                        "name LIKE '%\\\\%'",
                        "name LIKE '_\n'",
                        "name LIKE '\\\uD83D\uDE00'",
                        "name MATCHES 'a$'",
                        "name MATCHES '(?m)a$'",
                        "name MATCHES '.'",
                        "name MATCHES '^.{2}$'",
                        "name MATCHES '(?s)^.{2}$'",
                        "name MATCHES '\\w\\s'",
                        "name MATCHES '\\ba\\b'",
                        "name MATCHES '[[:upper:]]'",
                        "name MATCHES '\\p{Lu}|\\p{Greek}'",
                        "name MATCHES '\\Qa\\E\\z'",
                        "name MATCHES '(?i)\u00E9'",
                        "name MATCHES '^(a|b)*?a'",
                        "name MATCHES '[^\\x00-\\x7F]'",
                        "name MATCHES '(?P<n>a|)\\x{1F600}?'",
                        "name MATCHES '(?i)\u017F|\u212A|\u00DF'",
                        "name MATCHES '\\A\\W{1,3}\\z'",
                        "name MATCHES '(a{0,500}){2}\\D'",
                        "LENGTH(name) = 2 OR LENGTH(TRIM(name)) = 1",
                        "wide = big",
                        "wide < big OR fine >= wide",
                        "price > 1.4999999999999999999999999999999",
                        "price = 1.5000000000000000000000000000000",
                        "fine = score OR wide = score",
                        "fine = 407058226200.110381e0 OR fine <> score",
                        "wide IN (1.5, 1e28, 7)",
                        "small IN (" + "8, ".repeat(3000) + "7)",
                        "score IN (" + "8, ".repeat(300) + "7)",
                        "name NOT IN (" + "'b', ".repeat(3000) + "'a')",
                        "\"born on\" < '0001-01-01' OR seen = '0001-01-01 00:00:00'",
                        "DAY(seen) = 31 AND HOUR(sent) = 23")))
                .isEmpty();
    }

    /** But for letters that are newer than this JVM's Unicode: Trino's JVM is a newer one. */
    @Test
    void mapsTheCaseOfEveryLetterAlike() {
        Map<Integer, List<String>> theirs = TrinoTable.cases();
        assertThat(theirs).hasSizeGreaterThan(2500);
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(letter -> Character.getType(letter) != Character.SURROGATE)
                        .mapToObj(letter -> letter(letter, theirs))
                        .filter(letter -> String.join("", letter).codePoints().allMatch(Character::isDefined))
                        .filter(letter -> !isMappedSo(letter)))
                .isEmpty();
    }

    private static List<String> letter(int codePoint, Map<Integer, List<String>> cases) {
        String letter = Character.toString(codePoint);
        List<String> mapped = cases.getOrDefault(codePoint, List.of(letter, letter));
        return List.of(letter, mapped.get(0), mapped.get(1));
    }

    private static boolean isMappedSo(List<String> letter) {
        IntStream.range(0, letter.size()).forEach(i -> LETTER.column(i).set(0, letter.get(i)));
        return CASES.isTrue(LETTER, 0);
    }

    /** The files of a table are pruned and filtered by other code than that which calculates columns. */
    @Test
    void passesTheSameRowsFromFiles() {
        List<Predicate> predicates = parsed(new RandomPredicates(35).texts(100));
        List<String> differences = new ArrayList<>();
        for (int from = 0; from < predicates.size(); from += 50) {
            List<Predicate> some = predicates.subList(from, Math.min(from + 50, predicates.size()));
            List<List<Integer>> passed =
                    table.where(some.stream().map(TrinoPredicatesTest::sql).toList());
            for (int i = 0; i < some.size(); i++) {
                if (!passed.get(i).equals(passed(some.get(i)))) {
                    differences.add(some.get(i) + ": " + passed.get(i) + " in Trino, not " + passed(some.get(i)));
                }
            }
        }
        assertThat(differences).as("seed 35").isEmpty();
    }

    private static List<Integer> passed(Predicate predicate) {
        Evaluator evaluator = Evaluator.of(predicate);
        return IntStream.range(0, ROWS.size())
                .filter(row -> evaluator.isTrue(ROWS, row))
                .boxed()
                .toList();
    }

    private static List<String> differences(List<String> texts) {
        List<Predicate> predicates = parsed(texts);
        List<String> differences = new ArrayList<>();
        for (int from = 0; from < predicates.size(); from += PER_QUERY) {
            List<Predicate> some = predicates.subList(from, Math.min(from + PER_QUERY, predicates.size()));
            List<List<@Nullable Object>> answers =
                    table.select(some.stream().map(TrinoPredicatesTest::sql).toList());
            for (int i = 0; i < some.size(); i++) {
                compare(some.get(i), i, answers, differences);
            }
        }
        return differences;
    }

    private static void compare(
            Predicate predicate, int column, List<List<@Nullable Object>> answers, List<String> differences) {
        Evaluator evaluator = Evaluator.of(predicate);
        Evaluator opposite = Evaluator.of(new Predicate.Not(predicate));
        for (int row = 0; row < ROWS.size(); row++) {
            Boolean ours = evaluator.isTrue(ROWS, row) ? Boolean.TRUE : opposite.isTrue(ROWS, row) ? false : null;
            Object theirs = answers.get(row).get(column);
            if (theirs == null ? ours != null : !theirs.equals(ours)) {
                differences.add(predicate + " is " + theirs + " in Trino, not " + ours + ", of " + ROWS.row(row));
            }
        }
    }

    private static List<Predicate> parsed(List<String> texts) {
        return texts.stream()
                .map(text -> Predicates.parseRowFilter(text, RandomPredicates.SCHEMA))
                .toList();
    }

    private static String sql(Predicate predicate) {
        return TrinoPredicates.render(predicate).parts().stream()
                .map(part -> ((SqlTemplate.Text) part).sql())
                .collect(Collectors.joining());
    }
}
