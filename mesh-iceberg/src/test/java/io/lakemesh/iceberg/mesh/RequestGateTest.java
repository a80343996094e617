package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not end well is refused before the first row is read. */
class RequestGateTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void refusesAnUpsertWithoutAPrimaryKey() {
        Product product = shop.product("1.0.0", "    properties:\n      - { name: town, logicalType: string }\n");
        AtomicBoolean opened = new AtomicBoolean();

        assertThatThrownBy(() -> Shop.publish(product, Mode.UPSERT, untouched(opened)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot upsert into sales of retail/shop: its contract names no primaryKey to find rows by");
        assertThat(opened).isFalse();
    }

    @Test
    void refusesToResolveARunThatWasNotRefused() {
        Product product = shop.sales();
        product.publish().runId("good-1").input(Shop.sales("1,Leeds,5")).run();
        PublishResult refused =
                product.publish().runId("bad-1").input(Shop.sales("1,Leeds,6")).run();
        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);

        assertThatThrownBy(() -> product.publish()
                        .resolves("bad1")
                        .input(Shop.sales("2,Hull,5"))
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot resolve run 'bad1': it is no refused run of retail/shop; did you mean 'bad-1'?");
        assertThatThrownBy(() -> product.publish()
                        .resolves("good-1")
                        .input(Shop.sales("2,Hull,5"))
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot resolve run 'good-1'");
        assertThat(product.publish()
                        .resolves("bad-1")
                        .input(Shop.sales("2,Hull,5"))
                        .run()
                        .outcome())
                .isEqualTo(PublishResult.Outcome.PUBLISHED);
    }

    @Test
    void saysWhatAProductCouldBeCalled() {
        shop.sales().publish().input(Shop.sales("1,Leeds,5")).run();

        assertThatThrownBy(() -> shop.mesh().product("retail/shp"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot find product 'retail/shp': expected a folder with an *.odps.yaml, or domain/name of a"
                                + " published product; did you mean 'retail/shop'?");
        assertThatThrownBy(() -> shop.mesh().product("shop"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot find product 'shop'");
    }

    @Test
    void findsAProductWhoseOnlyRunWasRefused() {
        Product product = shop.sales();
        product.publish().runId("bad").input(Shop.sales("1,Leeds,-5")).run();

        assertThat(shop.mesh().product("retail/shop").quarantine().runs()).hasSize(1);
    }

    @Test
    void leavesTheTablesOfAnotherProductAlone() {
        shop.sales().publish().input(Shop.sales("1,Leeds,5")).run();
        Path home = folder.resolve("other");
        ProductFiles.write(
                home.resolve("p.odps.yaml"),
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: other-id
                name: SHOP
                domain: retail
                status: active
                outputPorts: [ { name: sales, version: 1.0.0, contractId: sales } ]
                """);
        ProductFiles.write(
                home.resolve("c.odcs.yaml"),
                "apiVersion: v3.1.0\nkind: DataContract\nid: sales\nversion: 1.0.0\nstatus: active\nschema:\n  - name: sales\n"
                        + Shop.SALES);
        List<Path> before = Shop.filesBelow(shop.warehouse());

        assertThatThrownBy(() -> shop.mesh()
                        .product(home)
                        .publish()
                        .input(Shop.sales("2,Hull,-5"))
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot publish retail/SHOP: table retail.shop_sales_v1 belongs to product retail/shop;"
                        + " choose another name for the product or its object");
        assertThat(Shop.filesBelow(shop.warehouse())).isEqualTo(before);
    }

    /** A source that says when it is opened. */
    private static RecordSource untouched(AtomicBoolean opened) {
        RecordSource rows = Shop.records("town", "Leeds");
        return new RecordSource() {
            @Override
            public RecordReader open() {
                opened.set(true);
                return rows.open();
            }

            @Override
            public String name() {
                return rows.name();
            }
        };
    }
}
