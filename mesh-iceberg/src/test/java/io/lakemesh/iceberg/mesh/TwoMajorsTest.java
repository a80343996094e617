package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A product that offers two major versions of one contract side by side. */
class TwoMajorsTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Product product;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
        Path home = folder.resolve("product");
        ProductFiles.write(
                home.resolve("shop.odps.yaml"),
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: shop-id
                name: shop
                domain: retail
                status: active
                outputPorts:
                  - { name: sales-old, version: 1.0.0, contractId: sales }
                  - { name: sales-new, version: 2.0.0, contractId: sales }
                """);
        for (int major = 1; major <= 2; major++) {
            ProductFiles.write(
                    home.resolve("sales-" + major + ".odcs.yaml"),
                    "apiVersion: v3.1.0\nkind: DataContract\nid: sales\nversion: " + major
                            + ".0.0\nstatus: active\nschema:\n  - name: sales\n" + Shop.SALES);
        }
        product = shop.mesh().product(home);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void publishesEachOnItsOwnAgainAndAgain() {
        publish("sales@1.0.0", "1,Leeds,5");
        publish("sales@2.0.0", "2,Hull,6");
        PublishResult third = publish("sales@2.0.0", "3,York,7");

        assertThat(third.outcome()).isEqualTo(PublishResult.Outcome.PUBLISHED);
        assertThat(Shop.rows(product.read().object("sales@1.0.0"))).containsExactly("1,Leeds,5");
        assertThat(Shop.rows(product.read().object("sales@2.0.0"))).containsExactly("2,Hull,6", "3,York,7");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void asksWhichOneIsMeant() {
        assertThatThrownBy(() -> publish("sales", "1,Leeds,5"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid input: retail/shop offers 'sales' in several versions; name one of"
                        + " [sales@1.0.0, sales@2.0.0]");
        publish("sales@1.0.0", "1,Leeds,5");
        assertThatThrownBy(() -> product.read().object("sales").rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read: the release has 'sales' in several versions; name one of"
                        + " [sales@1.0.0, sales@2.0.0]");
    }

    private PublishResult publish(String object, String row) {
        return product.publish().input(object, Shop.sales(row)).run();
    }
}
