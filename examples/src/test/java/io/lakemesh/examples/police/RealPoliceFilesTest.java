package io.lakemesh.examples.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.check.CheckResult;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.check.RowCounts;
import io.lakemesh.cli.demo.PoliceProducts;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.PublishResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishes the ten real files of five forces, where they are at hand, and holds the README's table against them. */
class RealPoliceFilesTest {
    private static final Path FILES = Path.of(System.getProperty("lakemesh.shared", "../../shared"), "data", "police");
    private static final String OUTCOME_GIVEN = "outcome-given";
    private static final String POSSIBLE_DUPLICATES = "possible-duplicates";
    private static final String LIKE_OTHER_MONTHS = "like-other-months";

    @TempDir
    Path folder;

    @BeforeEach
    void haveTheFiles() {
        assumeTrue(Files.isDirectory(FILES), () -> "no real files in " + FILES);
    }

    @Test
    void cityOfLondon() {
        publishes("city-of-london", List.of(292L, 351L), List.of(0, 0), List.of(List.of(), List.of()));
    }

    @Test
    void derbyshire() {
        publishes(
                "derbyshire",
                List.of(198L, 189L),
                List.of(10, 14),
                List.of(List.of(POSSIBLE_DUPLICATES), List.of(POSSIBLE_DUPLICATES)));
    }

    @Test
    void durham() {
        publishes(
                "durham",
                List.of(145L, 161L),
                List.of(8, 1),
                List.of(List.of(POSSIBLE_DUPLICATES), List.of(OUTCOME_GIVEN, POSSIBLE_DUPLICATES)));
    }

    @Test
    void essex() {
        publishes(
                "essex",
                List.of(1523L, 1820L),
                List.of(137, 195),
                List.of(List.of(POSSIBLE_DUPLICATES), List.of(POSSIBLE_DUPLICATES)));
    }

    @Test
    void leicestershire() {
        publishes(
                "leicestershire",
                List.of(106L, 336L),
                List.of(2, 10),
                List.of(List.of(POSSIBLE_DUPLICATES), List.of(POSSIBLE_DUPLICATES, LIKE_OTHER_MONTHS)));
    }

    private void publishes(String force, List<Long> rows, List<Integer> duplicates, List<List<String>> warnings) {
        List<String> months = List.of("2019-12", "2020-01");
        try (Mesh mesh = Mesh.open(MeshConfig.embedded(folder))) {
            Product product = mesh.product(PoliceProducts.write(folder.resolve(force), force));
            for (int month = 0; month < months.size(); month++) {
                PublishResult result = product.publish()
                        .input(FILES.resolve(months.get(month) + "-" + force + "-stop-and-search.csv"))
                        .run();
                assertThat(result.outcome()).isEqualTo(PublishResult.Outcome.PUBLISHED);
                assertThat(result.report().rows()).isEqualTo(new RowCounts(rows.get(month), rows.get(month), 0, 0));
                assertThat(check(result, POSSIBLE_DUPLICATES).value())
                        .isEqualByComparingTo(duplicates.get(month).toString());
                assertThat(warned(result)).isEqualTo(warnings.get(month));
            }
            assertThat(product.verify(new ReleaseRef.Latest()).findings()).isEmpty();
            assertThat(product.verify(new ReleaseRef.Numbered(1)).findings()).isEmpty();
        }
    }

    private static CheckResult check(PublishResult result, String id) {
        return result.report().checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> warned(PublishResult result) {
        return result.report().checks().stream()
                .filter(check -> check.outcome() == Outcome.WARNED)
                .map(CheckResult::id)
                .toList();
    }
}
