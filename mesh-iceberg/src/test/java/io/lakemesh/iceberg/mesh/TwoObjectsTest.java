package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A product with two output ports is released as one. */
class TwoObjectsTest {
    private Shop shop;
    private Product product;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.product("1.0.0", Map.of("sales", Shop.SALES, "stock", Shop.SALES));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private PublishResult publishBoth(String sale, String stock) {
        return product.publish()
                .input("sales", sales(sale))
                .input("stock", sales(stock))
                .run();
    }

    @Test
    void aReleaseCoversBoth() {
        PublishResult result = publishBoth("1,Bath,10", "7,Bath,70");

        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(result.ports()).extracting(PublishResult.Port::name).containsExactly("sales-port", "stock-port");
        assertThat(rows(product.read().object("sales"))).containsExactly("1,Bath,10");
        assertThat(rows(product.read().object("stock"))).containsExactly("7,Bath,70");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void inputForOneKeepsTheOther() {
        product.publish().input("sales", sales("1,Bath,10")).run();
        assertThat(rows(product.read().object("stock"))).isEmpty();
        assertThat(Shop.findings(product)).isEmpty();

        PublishResult result =
                product.publish().input("stock", sales("7,Bath,70")).run();

        assertThat(result.release()).isEqualTo(2);
        assertThat(result.ports()).hasSize(2);
        assertThat(rows(product.read().object("sales"))).containsExactly("1,Bath,10");
        assertThat(rows(product.read().object("stock").release(1))).isEmpty();
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void aRefusedObjectWithholdsBoth() {
        publishBoth("1,Bath,10", "7,Bath,70");

        PublishResult result = publishBoth("1,York,10", "8,Bath,80");

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.report().rows().withheld()).isEqualTo(2);
        assertThat(rows(product.read().object("stock"))).containsExactly("7,Bath,70");
        assertThat(product.history().all()).hasSize(1);
    }

    @Test
    void rollbackGoesBackWithBoth() {
        publishBoth("1,Bath,10", "7,Bath,70");
        publishBoth("2,Bath,10", "8,Bath,70");

        assertThat(product.rollback(new ReleaseRef.Numbered(1)).ports())
                .extracting(PublishResult.Port::name)
                .containsExactly("sales-port", "stock-port");
        assertThat(rows(product.read().object("sales"))).containsExactly("1,Bath,10");
        assertThat(rows(product.read().object("stock"))).containsExactly("7,Bath,70");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void theObjectMustBeNamed() {
        publishBoth("1,Bath,10", "7,Bath,70");

        assertThatThrownBy(() -> product.publish().input(sales("1,Bath,10")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid input: retail/shop has the objects [sales, stock]; say which one it is for, as OBJECT=PATH");
        assertThatThrownBy(() -> product.read().rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read: the product has the objects [sales, stock]; say which one");
        assertThatThrownBy(() -> product.read().object("sale").rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find object 'sale'")
                .hasMessageContaining("sales");
        assertThatThrownBy(() ->
                        product.publish().input("stok", sales("1,Bath,10")).run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no object 'stok', it has [sales, stock]");
    }
}
