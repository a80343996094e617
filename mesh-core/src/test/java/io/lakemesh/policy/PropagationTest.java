package io.lakemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.LittleProduct;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.policy.Propagation.Declassified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column is as sensitive as what it came from. */
class PropagationTest {
    private static final ProductContract SALES = LittleProduct.ofSchema(
            """
            schema:
              - name: Sales
                properties:
                  - { name: town, logicalType: string, classification: public }
                  - { name: amount, logicalType: integer, classification: restricted }
                  - name: buyer
                    logicalType: object
                    classification: public
                    properties: [{ name: born, logicalType: date, classification: secret }]
                  - { name: note, logicalType: string }
              - name: Towns
                properties: [{ name: name, logicalType: string, classification: public }]
            """);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restricted | retail/Shop Sales.Sales.amount",
                "secret     | retail/Shop Sales.Sales.amount",
                "public     | retail/Shop Sales.Sales.town",
                "public     | retail/Shop Sales.Towns",
                "secret     | retail/Shop Sales",
                "public     | staging.sales_raw",
                "public     | s3://bucket/raw/amount.csv",
            })
    void isAtLeastAsSensitive(String classification, String source) {
        Propagation found = propagation(derived(classification, source), "");
        assertThat(found.warnings()).isEmpty();
        assertThat(found.declassified()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public | retail/Shop Sales.Sales.amount | total is public, but comes from retail/Shop Sales.Sales.amount, which is restricted",
                "restricted | retail/Shop Sales.Sales.buyer | total is restricted, but comes from retail/Shop Sales.Sales.buyer, which is secret",
                "restricted | retail/Shop Sales.Sales.note | total is restricted, but comes from retail/Shop Sales.Sales.note, which is secret",
                "restricted | retail/Shop Sales.Sales | total is restricted, but comes from retail/Shop Sales.Sales.buyer, which is secret",
                "restricted | retail/Shop Sales | total is restricted, but comes from retail/Shop Sales.Sales.note, which is secret",
                "public | retail/Shop Sales.Sales.amuont | no column 'retail/Shop Sales.Sales.amuont'; did you mean 'retail/Shop Sales.Sales.amount'?",
                "public | retail/figures.Totals.secret | total is public, but comes from retail/figures.Totals.secret, which is secret",
            })
    void isRefusedWhereItIsLess(String classification, String source, String problem) {
        assertThatThrownBy(() -> propagation(derived(classification, source), ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("c.odcs.yaml:10:")
                .hasMessageContaining(problem);
    }

    @Test
    void isToldOfWhereTheSourceIsNotKnown() {
        assertThat(propagation(derived("public", "retail/lost.Sales.amount"), "")
                        .warnings())
                .extracting(Problem::message)
                .containsExactly("cannot tell how sensitive 'retail/lost.Sales.amount' is: no product 'retail/lost' is"
                        + " published");
    }

    @Test
    void isNotAskedForWithoutClassifications() {
        assertThat(Propagation.require(
                                derived("public", "retail/Shop Sales.Sales.amount"), MeshPolicy.NONE, unasked -> {
                                    throw new AssertionError(unasked);
                                })
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retail/Shop Sales.Sales.amount", "retail/Shop Sales.Sales", "retail/Shop Sales"})
    void isDeclassifiedByTheMeshAndThatIsTold(String from) {
        Propagation found = propagation(
                derived("public", "retail/Shop Sales.Sales.amount"), declassification("Totals.total", from, "public"));

        assertThat(found.declassified())
                .containsExactly(new Declassified(
                        "Totals.total", "from retail/Shop Sales.Sales.amount, declassified by the board: sums only"));
        assertThat(found.warnings()).singleElement().satisfies(warning -> assertThat(warning.message())
                .startsWith("total is public, but comes from retail/Shop Sales.Sales.amount, which is restricted;"
                        + " declassified by the board: sums only (" + folder)
                .contains("mesh-policy.yaml:6:"));
    }

    @ParameterizedTest
    @CsvSource({
        "Totals.other, retail/Shop Sales.Sales.amount, public",
        "Totals.total, retail/Shop Sales.Sales.town, public",
        "Totals.total, retail/Shop Sales.Towns, public",
        "Totals.total, retail/shop, public",
        "Totals.total, retail/Shop Sales.Sales.amount, restricted",
    })
    void isDeclassifiedOnlyAsFarAsWasDecided(String column, String from, String to) {
        assertThatThrownBy(() -> propagation(
                        derived("public", "retail/Shop Sales.Sales.amount"), declassification(column, from, to)))
                .hasMessageContaining("total is public, but comes from retail/Shop Sales.Sales.amount");
    }

    @Test
    void declassificationsNameColumnsAndClassificationsThatThereAre() {
        assertThatThrownBy(() -> policy(declassification("Totals", "amount", "pubic")))
                .hasMessageContaining(":6:7: expected one column, domain/name.object.column")
                .hasMessageContaining("'amount' names no column of a product, expected domain/name.object.column")
                .hasMessageContaining("unknown classification 'pubic'; did you mean 'public'?");
    }

    private Propagation propagation(ProductContract product, String declassification) {
        return Propagation.require(product, policy(declassification), address -> Optional.of(SALES)
                .filter(sales -> sales.address().equals(address)));
    }

    private static ProductContract derived(String classification, String source) {
        return LittleProduct.compile(
                LittleProduct.PRODUCT.replace("Shop Sales", "figures"),
                LittleProduct.HEAD
                        + """
                        schema:
                          - name: Totals
                            properties:
                              - name: total
                                transformSourceObjects: ["%s"]
                                logicalType: integer
                                classification: %s
                              - { name: secret, logicalType: string, classification: secret }
                        """
                                .formatted(source, classification));
    }

    private static String declassification(String column, String from, String to) {
        return "declassifications:\n  - { column: retail/figures." + column + ", from: [" + from + "], to: " + to
                + ", reason: sums only, decidedBy: the board }\n";
    }

    private MeshPolicy policy(String declassification) {
        try {
            Files.writeString(
                    folder.resolve("mesh-policy.yaml"),
                    "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\n"
                            + "classifications: [{ name: public }, { name: restricted }, { name: secret }]\n"
                            + declassification);
            return MeshPolicy.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
