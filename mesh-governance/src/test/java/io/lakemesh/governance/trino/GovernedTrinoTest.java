package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.policy.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trino shows each user the rows and values that our own reader shows. */
@Tag("server")
class GovernedTrinoTest {
    private static GovernedLake lake;
    private static Product product;

    @BeforeAll
    static void publish() {
        lake = GovernedLake.shared();
        product = Searches.product(lake, "seen");
        lake.publish(product, Searches.rows(0, 40));
        lake.publish(product, Searches.rows(40, 50));
    }

    @Test
    void showsEachReaderTheRowsAndValuesOfOurOwnReader() {
        for (Subject subject : List.of(
                GovernedLake.ANALYST, GovernedLake.OFFICER, GovernedLake.OFFICER_OF_ODD_FORCE, GovernedLake.STEWARD)) {
            List<List<@Nullable Object>> ours =
                    GovernedLake.ours(product.as(subject).read());
            assertThat(lake.trino(subject, "SELECT * FROM seen_searches_v1 ORDER BY id"))
                    .as(subject.user())
                    .isEqualTo(ours)
                    .isNotEmpty();
            assertThat(lake.trino(subject, "SELECT * FROM seen_searches_v1 FOR VERSION AS OF 'r1' ORDER BY id"))
                    .as(subject.user())
                    .isEqualTo(GovernedLake.ours(product.as(subject).read().release(1)))
                    .hasSizeLessThan(ours.size());
        }
    }

    @Test
    void showsStandInsAsTheyAreStored() {
        Product people = lake.product(
                "people",
                "1.0.0",
                """
                    properties:
                      - { name: id, logicalType: integer }
                      - { name: who, logicalType: string, customProperties: [{ property: lakemesh.protection, value: pseudonymize }] }
                      - { name: card, logicalType: string, customProperties: [{ property: lakemesh.protection, value: tokenize }] }
                roles:
                  - role: stewards
                  - role: analysts
                    customProperties:
                      - { property: lakemesh.purpose, value: [statistics] }
                      - { property: lakemesh.mask, value: { who: pseudonym, card: token } }
                """);
        lake.publish(
                people,
                RecordSources.of(
                        "people",
                        List.of(
                                Map.of("id", 1L, "who", Searches.SECRET, "card", Searches.SECRET),
                                Map.of("id", 2L, "who", Searches.SECRET))));
        List<List<@Nullable Object>> ours =
                GovernedLake.ours(people.as(GovernedLake.ANALYST).read());
        assertThat(ours)
                .isEqualTo(GovernedLake.ours(people.as(GovernedLake.STEWARD).read()));
        assertThat(lake.trino(GovernedLake.ANALYST, "SELECT * FROM people_searches_v1 ORDER BY id"))
                .isEqualTo(ours);
        assertThat(ours.get(0).get(1))
                .isEqualTo(ours.get(1).get(1))
                .isNotEqualTo(ours.get(0).get(2))
                .asString()
                .startsWith("k1:");
    }

    @Test
    void showsNothingToWhoHasNoRoleOrNotItsPurpose() {
        for (Subject subject : List.of(GovernedLake.OFFICER_WITHOUT_PURPOSE, GovernedLake.STRANGER)) {
            lake.assertDenied(subject, "SELECT id FROM seen_searches_v1", "Access Denied");
        }
    }
}
