package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each mode does with the rows that are there, and against which rows uniqueness holds. */
class ModesTest {
    private static final String BY_TOWN =
            """
                customProperties: [{ property: lakemesh.partition, value: [town] }]
            """
                    + Shop.SALES;

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void appendAddsRows() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));
        publish(product, Mode.APPEND, sales("2,York,20"));

        assertThat(rows(product)).containsExactly("1,Bath,10", "2,York,20");
        assertThat(rows(product, 1)).containsExactly("1,Bath,10");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void appendOfAnExistingKeyIsRefused() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));

        PublishResult result = publish(product, Mode.APPEND, sales("1,York,20", "2,York,20"));

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.report().rows().withheld()).isEqualTo(2);
        assertThat(rows(product)).containsExactly("1,Bath,10");
    }

    @Test
    void overwriteReplacesEveryRowAndDoesNotLookAtOldKeys() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,York,20"));

        PublishResult result = publish(product, Mode.OVERWRITE, sales("1,Ely,11"));

        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("1,Ely,11");
        assertThat(rows(product, 1)).containsExactly("1,Bath,10", "2,York,20");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void overwritePartitionsReplacesThePartitionsOfTheRun() {
        Product product = shop.product("1.0.0", BY_TOWN);
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,Bath,20", "3,York,30"));

        PublishResult result = publish(product, Mode.OVERWRITE_PARTITIONS, sales("1,Bath,11", "4,Ely,40"));

        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("1,Bath,11", "3,York,30", "4,Ely,40");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void overwritePartitionsRefusesAKeyOfAPartitionThatStays() {
        Product product = shop.product("1.0.0", BY_TOWN);
        publish(product, Mode.APPEND, sales("1,Bath,10", "3,York,30"));

        assertThat(publish(product, Mode.OVERWRITE_PARTITIONS, sales("3,Bath,11"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(rows(product)).containsExactly("1,Bath,10", "3,York,30");
    }

    @Test
    void overwritePartitionsOfAnUnpartitionedTableReplacesEverything() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10", "3,York,30"));

        assertThat(publish(product, Mode.OVERWRITE_PARTITIONS, sales("3,Bath,11"))
                        .outcome())
                .isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("3,Bath,11");
    }

    @Test
    void upsertReplacesRowsByKeyAndAddsTheOthers() {
        Product product = shop.product("1.0.0", BY_TOWN);
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,York,20"));

        PublishResult result = publish(product, Mode.UPSERT, sales("2,Ely,21", "3,Bath,30"));

        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("1,Bath,10", "2,Ely,21", "3,Bath,30");
        assertThat(rows(product, 1)).containsExactly("1,Bath,10", "2,York,20");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void upsertRefusesAKeyTwiceInOneRun() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));

        assertThat(publish(product, Mode.UPSERT, sales("1,Ely,21", "1,York,30")).outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void upsertNeedsAPrimaryKey() {
        Product product = shop.product("1.0.0", Shop.SALES.replace(", primaryKey: true, primaryKeyPosition: 1", ""));
        publish(product, Mode.APPEND, sales("1,Bath,10"));

        assertThatThrownBy(() -> publish(product, Mode.UPSERT, sales("1,Ely,21")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot upsert into sales of retail/shop: its contract names no primaryKey to find rows by");
        assertThat(Shop.filesBelow(shop.warehouse()).stream()
                        .filter(file -> file.toString().endsWith(".parquet")))
                .as("data files")
                .hasSize(1);
    }

    @Test
    void uniqueColumnsHoldOverRowsThatAnUpsertLeaves() {
        Product product = shop.product("1.0.0", Shop.SALES.replace("name: town,", "name: town, unique: true,"));
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,York,20"));

        assertThat(publish(product, Mode.UPSERT, sales("1,York,11")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(publish(product, Mode.UPSERT, sales("1,York,11", "2,Bath,21"))
                        .outcome())
                .isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void aCheckJudgesAsAPublishWouldAndLeavesNothingBehind() {
        Product product = shop.product("1.0.0", BY_TOWN);
        publish(product, Mode.APPEND, sales("1,Bath,10", "3,York,30"));
        var files = Shop.filesBelow(shop.warehouse());

        assertThat(check(product, Mode.APPEND, "1,Bath,10")).isEqualTo(Outcome.REFUSED);
        assertThat(check(product, Mode.OVERWRITE, "1,Bath,10")).isEqualTo(Outcome.PASSED);
        assertThat(check(product, Mode.OVERWRITE_PARTITIONS, "1,Bath,10")).isEqualTo(Outcome.PASSED);
        assertThat(check(product, Mode.OVERWRITE_PARTITIONS, "3,Bath,10")).isEqualTo(Outcome.REFUSED);
        assertThat(check(product, Mode.UPSERT, "1,Bath,10")).isEqualTo(Outcome.PASSED);
        assertThat(Shop.filesBelow(shop.warehouse())).isEqualTo(files);
    }

    private static Outcome check(Product product, Mode mode, String row) {
        return product.publish().mode(mode).input(sales(row)).check().outcome();
    }
}
