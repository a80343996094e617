package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.governance.trino.PolicyOracle.Policy;
import io.lakemesh.governance.trino.PolicyOracle.Reader;
import io.lakemesh.policy.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random policies mean the same to our reader with the policy in the process, to our reader with OPA and to Trino with OPA: the rows
 * and values of a naive oracle.
 */
@Tag("server")
class PolicyDifferentialTest {
    private static final int PRODUCTS = 6;
    private static final int ROWS = 120;
    private static final int MOST_QUERIES = 300;
    private static final int LEAST_CELLS = 20_000;

    private final GovernedLake lake = GovernedLake.shared();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> masks = new HashSet<>();
    private int cells;
    private int queries;

    @Test
    void everyReaderSeesWhatTheOracleSees() {
        try (Mesh asking = lake.askingOpa()) {
            for (int seed = 1; seed <= PRODUCTS; seed++) {
                compare(seed, asking);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(cells).isGreaterThanOrEqualTo(LEAST_CELLS);
        assertThat(masks).contains("clear", "null", "pseudonym", "token");
        assertThat(queries).isLessThanOrEqualTo(MOST_QUERIES);
    }

    private void compare(int seed, Mesh asking) {
        RandomPolicies random = new RandomPolicies(seed);
        Policy policy = random.policy();
        List<Map<String, @Nullable Object>> rows = random.rows(ROWS);
        String name = "random" + seed;
        Product embedded = lake.product(name, "1.0.0", RandomPolicies.yaml(policy));
        lake.publish(embedded, RecordSources.of(name, rows));
        List<Map<String, @Nullable Object>> stored = RandomPolicies.stored(rows, asking.keys());
        assertThat(GovernedLake.ours(embedded.read()))
                .isEqualTo(stored.stream()
                        .<List<@Nullable Object>>map(row -> new ArrayList<>(row.values()))
                        .toList());
        Product withOpa = asking.product("policing/" + name);
        for (Subject subject : RandomPolicies.SUBJECTS) {
            Reader reader = new Reader(subject.user(), subject.groups());
            Optional<List<List<@Nullable Object>>> expected =
                    PolicyOracle.read(policy, reader, RandomPolicies.names(), stored);
            if (expected.filter(seen -> !seen.isEmpty()).isPresent()) {
                masks.addAll(PolicyOracle.masks(policy, reader, RandomPolicies.names()));
            }
            cells += expected.map(List::size).orElse(0) * RandomPolicies.names().size();
            queries++;
            String who = "seed " + seed + ", " + subject;
            same(
                    who + ", embedded",
                    expected,
                    () -> GovernedLake.rows(embedded.as(subject).read()));
            same(
                    who + ", OPA",
                    expected,
                    () -> GovernedLake.rows(withOpa.as(subject).read()));
            same(who + ", Trino", expected, () -> lake.trino(subject, "SELECT * FROM " + name + "_searches_v1"));
        }
    }

    private void same(
            String who,
            Optional<List<List<@Nullable Object>>> expected,
            Supplier<List<List<@Nullable Object>>> reading) {
        Optional<List<List<@Nullable Object>>> seen = seen(reading);
        if (!sorted(seen).equals(sorted(expected))) {
            differences.add(who + " sees " + sorted(seen) + ", not " + sorted(expected));
        }
    }

    /** Empty if it is denied. */
    private static Optional<List<List<@Nullable Object>>> seen(Supplier<List<List<@Nullable Object>>> reading) {
        try {
            return Optional.of(reading.get());
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /** In the order of the text of their rows: masked rows may have no key to order by. */
    private static Optional<List<List<@Nullable Object>>> sorted(Optional<List<List<@Nullable Object>>> rows) {
        return rows.map(
                all -> all.stream().sorted(Comparator.comparing(List::toString)).toList());
    }
}
