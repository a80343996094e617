package io.lakemesh.examples.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.MeshException;
import io.lakemesh.policy.Subject;
import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four people of {@code mesh demo} see of the same release in Trino, cell by cell, what our own reader shows them; and that is
 * what the police example's policy says, told here once more without it.
 */
@Tag("server")
class PoliceViewsOnTrinoTest {
    private static final Subject STEWARD = Subject.of("sam", "stewards").forPurpose("stewardship");
    private static final Subject OFFICER =
            Subject.of("olu", "officers", "force:essex").forPurpose("operations");
    private static final Subject ANALYST = Subject.of("ann", "analysts").forPurpose("statistics");
    private static final Subject RESEARCHER = Subject.of("ray", "researchers").forPurpose("research");
    private static final Subject OFFICER_OF_DURHAM =
            Subject.of("dan", "officers", "force:durham").forPurpose("operations");
    private static final Subject ANALYST_WITHOUT_PURPOSE = Subject.of("abe", "analysts");

    private static final List<String> ETHNICITIES = List.of("self_defined_ethnicity", "officer_defined_ethnicity");
    private static final Set<String> ADULT = Set.of("18-24", "25-34", "over 34");

    @TempDir
    static Path folder;

    private static GovernedPolice police;

    @BeforeAll
    static void publish() throws Exception {
        police = GovernedPolice.in(
                folder, List.of(STEWARD, OFFICER, ANALYST, RESEARCHER, OFFICER_OF_DURHAM, ANALYST_WITHOUT_PURPOSE));
    }

    @AfterAll
    static void stop() {
        if (police != null) {
            police.close();
        }
    }

    /** What somebody sees of the owner's rows: which of them, and what in the place of a column's values. */
    private record View(Predicate<Row> rows, Map<String, UnaryOperator<@Nullable Object>> masks) {
        List<Row> of(List<Row> all) {
            return all.stream().filter(rows).map(this::masked).toList();
        }

        private Row masked(Row row) {
            List<@Nullable Object> masked = new ArrayList<>();
            row.names()
                    .forEach(column -> masked.add(
                            masks.getOrDefault(column, UnaryOperator.identity()).apply(row.get(column))));
            return new Row(row.names(), masked);
        }
    }

    private static View everyRow(Map<String, UnaryOperator<@Nullable Object>> masks) {
        return new View(row -> true, masks);
    }

    private static Map<String, UnaryOperator<@Nullable Object>> hiding(List<String> columns) {
        Map<String, UnaryOperator<@Nullable Object>> masks = new HashMap<>();
        columns.forEach(column -> masks.put(column, value -> null));
        return masks;
    }

    private static Map<String, UnaryOperator<@Nullable Object>> coarseAndHiding(List<String> columns) {
        Map<String, UnaryOperator<@Nullable Object>> masks = hiding(columns);
        masks.put("searched_at", PoliceViewsOnTrinoTest::month);
        masks.put("latitude", PoliceViewsOnTrinoTest::tenth);
        masks.put("longitude", PoliceViewsOnTrinoTest::tenth);
        return masks;
    }

    private static @Nullable Object month(@Nullable Object at) {
        return at == null ? null : ((OffsetDateTime) at).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
    }

    private static @Nullable Object tenth(@Nullable Object degrees) {
        return degrees == null
                ? null
                : BigDecimal.valueOf((Double) degrees)
                        .setScale(1, RoundingMode.DOWN)
                        .doubleValue();
    }

    private static final List<String> HIDDEN_FROM_ANALYSTS = List.of(
            "operation",
            "gender",
            "age_range",
            "self_defined_ethnicity",
            "officer_defined_ethnicity",
            "outcome",
            "outcome_linked_to_object",
            "clothing_removed");

    private static final Map<Subject, View> VIEWS = Map.of(
            STEWARD, everyRow(Map.of()),
            OFFICER, everyRow(hiding(ETHNICITIES)),
            ANALYST, everyRow(coarseAndHiding(HIDDEN_FROM_ANALYSTS)),
            RESEARCHER,
                    new View(
                            row -> ADULT.contains(String.valueOf(row.get("age_range"))),
                            coarseAndHiding(List.of("operation"))));

    @Test
    void eachSeesInTrinoWhatOurReaderShowsAndThePolicySays() {
        for (int release = 1; release <= GovernedPolice.RELEASES; release++) {
            List<Row> all = police.owners(release);
            for (Map.Entry<Subject, View> view : VIEWS.entrySet()) {
                List<Row> expected = sorted(view.getValue().of(all));
                Subject subject = view.getKey();
                String who = subject.user() + ", release " + release;
                assertThat(sorted(police.ours(subject, release))).as(who).isEqualTo(expected);
                assertThat(sorted(police.trino(subject, release))).as(who).isEqualTo(expected);
            }
        }
    }

    @Test
    void theFourDifferAsThePolicySays() {
        List<Row> steward = police.trino(STEWARD, GovernedPolice.RELEASES);
        List<Row> officer = police.trino(OFFICER, GovernedPolice.RELEASES);
        List<Row> analyst = police.trino(ANALYST, GovernedPolice.RELEASES);
        List<Row> researcher = police.trino(RESEARCHER, GovernedPolice.RELEASES);

        assertThat(steward).hasSizeGreaterThan(4_000);
        assertThat(officer).hasSameSizeAs(steward);
        assertThat(analyst).hasSameSizeAs(steward);
        assertThat(researcher).hasSizeBetween(1_000, steward.size() - 100);

        assertThat(empty(steward)).isEmpty();
        assertThat(empty(officer)).containsExactlyElementsOf(ETHNICITIES);
        assertThat(empty(analyst)).containsExactlyElementsOf(HIDDEN_FROM_ANALYSTS);
        assertThat(empty(researcher)).containsExactly("operation");

        assertThat(distinct(steward, "searched_at")).hasSizeGreaterThan(1_000);
        int months = GovernedPolice.RELEASES + 1; // late entries of the month before are among the first delivery
        assertThat(distinct(analyst, "searched_at")).hasSize(months);
        assertThat(distinct(researcher, "searched_at")).hasSize(months);
        assertThat(distinct(officer, "latitude")).isEqualTo(distinct(steward, "latitude"));
        assertThat(distinct(steward, "latitude")).hasSizeGreaterThan(1_000);
        assertThat(distinct(analyst, "latitude")).hasSizeBetween(2, 10);
        assertThat(distinct(researcher, "age_range")).isEqualTo(ADULT);
    }

    @Test
    void withoutTheForceNoRowIsSeenAndWithoutThePurposeNothing() {
        assertThat(police.ours(OFFICER_OF_DURHAM, GovernedPolice.RELEASES)).isEmpty();
        assertThat(police.trino(OFFICER_OF_DURHAM, GovernedPolice.RELEASES)).isEmpty();
        assertThatThrownBy(() -> police.ours(ANALYST_WITHOUT_PURPOSE, GovernedPolice.RELEASES))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> police.trino(ANALYST_WITHOUT_PURPOSE, GovernedPolice.RELEASES))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("Access Denied");
    }

    /** The columns that have no value in any row. */
    private static List<String> empty(List<Row> rows) {
        return rows.get(0).names().stream()
                .filter(column -> distinct(rows, column).isEmpty())
                .toList();
    }

    private static Set<Object> distinct(List<Row> rows, String column) {
        Set<Object> values = new HashSet<>();
        rows.stream().map(row -> row.get(column)).filter(Objects::nonNull).forEach(values::add);
        return values;
    }

    /** In the order of the text of their rows: the records have no key. */
    private static List<Row> sorted(List<Row> rows) {
        return rows.stream().sorted(Comparator.comparing(Row::toString)).toList();
    }
}
