package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products whose columns came from those of a published one. */
class DerivedProductTest {
    private static final String CLASSES = "classifications: [{ name: low }, { name: high }]\n";

    @TempDir
    Path folder;

    @Test
    void areRefusedWhereTheyAreLessSensitiveUnlessTheMeshSaysSoWhichIsRecorded() {
        try (Shop shop = Shop.governed(folder, CLASSES)) {
            shop.product("1.0.0", columns("high", ""))
                    .publish()
                    .input(sales("1,Bath,11"))
                    .run();
            Product derived = derived(shop);
            assertThatThrownBy(derived::publish)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("sales.odcs.yaml:")
                    .hasMessageContaining("amount is low, but comes from retail/shop.sales.amount, which is high");
        }
        String declassified =
                CLASSES + "declassifications:\n  - { column: figures/totals.sales.amount, from: [retail/shop], to: low,"
                        + " reason: sums only, decidedBy: the board }\n";
        try (Shop shop = Shop.governed(folder, declassified)) {
            derived(shop).publish().input(sales("1,Bath,11")).run();
        }
        try (Shop shop = Shop.governed(folder, declassified)) {
            assertThat(shop.mesh().audit().records(AuditQuery.ALL))
                    .extracting(row -> row.get("action") + " " + row.get("product") + " " + row.get("release") + " "
                            + row.get("column_names") + " " + row.get("reason"))
                    .containsExactly(
                            "publish totals 1 null null",
                            "declassify totals 1 [\"sales.amount\"] from retail/shop.sales.amount, declassified by the"
                                    + " board: sums only",
                            "publish shop 1 null null");
        }
    }

    private Product derived(Shop shop) {
        return shop.mesh()
                .product(ProductFiles.describe(
                        folder.resolve("totals"),
                        "figures",
                        "totals",
                        "1.0.0",
                        Map.of("sales", columns("low", ", transformSourceObjects: [retail/shop.sales.amount]"))));
    }

    private static String columns(String classification, String more) {
        return Shop.SALES
                .replace("name: id,", "name: id, classification: low,")
                .replace("name: town,", "name: town, classification: low,")
                .replace("name: amount,", "name: amount, classification: " + classification + more + ",");
    }
}
