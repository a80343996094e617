package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.policy.Subject;
import java.util.List;
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
    void showsNothingToWhoHasNoRoleOrNotItsPurpose() {
        for (Subject subject : List.of(GovernedLake.OFFICER_WITHOUT_PURPOSE, GovernedLake.STRANGER)) {
            lake.assertDenied(subject, "SELECT id FROM seen_searches_v1", "Access Denied");
        }
    }
}
