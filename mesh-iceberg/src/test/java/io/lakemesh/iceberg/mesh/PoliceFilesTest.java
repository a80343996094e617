package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakemesh.Product;
import io.lakemesh.check.RowCounts;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Verification;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.run.PublishResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real records of five forces, where they are at hand: published, counted, verified, damaged. */
class PoliceFilesTest {
    private static final String[][] COLUMNS = {
        {"search_type", "Type", "string, required: true"},
        {"searched_at", "Date", "timestamp, physicalType: timestamptz, required: true"},
        {"in_operation", "Part of a policing operation", "boolean"},
        {"operation", "Policing operation", "string"},
        {"latitude", "Latitude", "number, logicalTypeOptions: { minimum: 49.8, maximum: 60.9 }"},
        {"longitude", "Longitude", "number, logicalTypeOptions: { minimum: -8.7, maximum: 1.8 }"},
        {"gender", "Gender", "string, classification: restricted"},
        {"age_range", "Age range", "string, classification: restricted"},
        {"self_defined_ethnicity", "Self-defined ethnicity", "string, classification: special-category"},
        {"officer_defined_ethnicity", "Officer-defined ethnicity", "string, classification: special-category"},
        {"legislation", "Legislation", "string, quality: [{ id: given, metric: nullValues, mustBe: 0 }]"},
        {"object_of_search", "Object of search", "string"},
        {"outcome", "Outcome", "string, required: true"},
        {"outcome_linked_to_object", "Outcome linked to object of search", "boolean"},
        {"clothing_removed", "Removal of more than just outer clothing", "boolean"},
    };

    private final Path police = Path.of(System.getProperty("lakemesh.shared", ""), "data", "police");

    @TempDir
    Path folder;

    @BeforeEach
    void requireFiles() {
        assumeTrue(Files.isDirectory(police), () -> police + " is not there");
    }

    @Test
    void publishAndAddUpAndEveryDamageIsNamed() throws IOException {
        try (Shop shop = new Shop(folder)) {
            Product product = shop.product("1.0.0", contract());

            assertThat(publish(product, "2019-12").report().rows()).isEqualTo(new RowCounts(2264, 2238, 26, 0));
            assertThat(publish(product, "2020-01").report().rows()).isEqualTo(new RowCounts(2857, 2699, 158, 0));
            assertThat(Shop.rows(product)).hasSize(2238 + 2699);

            Verification verification = product.verify(new ReleaseRef.Latest());
            assertThat(verification.findings()).isEmpty();
            damageEach(shop, verification);
            assertThat(Shop.findings(product)).isEmpty();
        }
    }

    private PublishResult publish(Product product, String month) {
        return product.publish().input(police + "/" + month + "-*.csv").run();
    }

    private static void damageEach(Shop shop, Verification verification) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (FileEvidence file : verification.files()) {
            Path path = Path.of(file.location());
            byte[] before = Files.readAllBytes(path);
            Files.write(path, VerifyTest.flipped(before, random));
            assertThat(shop.mesh()
                            .product("retail/shop")
                            .verify(new ReleaseRef.Latest())
                            .findings())
                    .as(file.toString())
                    .extracting(Finding::subject)
                    .contains(file.location());
            Files.write(path, before);
        }
    }

    private static String contract() {
        StringBuilder text = new StringBuilder(
                """
                    customProperties:
                      - { property: lakemesh.partition, value: ["month(searched_at)"] }
                    quality:
                      - { id: not-empty, metric: rowCount, mustBeGreaterThan: 0 }
                      - { id: whole-coordinates, type: sql, mustBe: 0, query: "SELECT COUNT(*) FROM {object} WHERE latitude IS NULL AND longitude IS NOT NULL" }
                    properties:
                """);
        for (String[] column : COLUMNS) {
            text.append("      - { name: ")
                    .append(column[0])
                    .append(", logicalType: ")
                    .append(column[2])
                    .append(", customProperties: [{ property: lakemesh.source-name, value: ")
                    .append(column[1])
                    .append(" }, { property: lakemesh.null-values, value: [''] }] }\n");
        }
        return text.toString();
    }
}
