package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Diff;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Plan;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How contracts may follow each other, and what their tables look like then; a plan says what a publish does. */
class EvolutionTest {
    private static final String WITH_NOTE = Shop.SALES + "      - { name: note, logicalType: string }\n";
    private static final String RENAMED_KEY = Shop.SALES.replace(
            "{ name: id,", "{ name: number, customProperties: [{ property: lakemesh.renamed-from, value: id }],");
    private static final String STRICTER = Shop.SALES.replace("name: town,", "name: town, required: true,");

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        publish(shop.sales(), Mode.APPEND, sales("1,Bath,10"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void nothingChangedIsAnEmptyPlan() {
        assertThat(shop.sales().plan().isEmpty()).isTrue();
    }

    @Test
    void aMinorVersionAddsAColumnThatIsNullInOldRows() {
        Product product = shop.product("1.1.0", WITH_NOTE);
        Plan plan = product.plan();

        PublishResult result = publish(product, Mode.APPEND, Shop.records("id,town,amount,note", "2,York,20,new"));

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.isBreaking()).isFalse();
        assertThat(plan.changes()).hasSize(1);
        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("1,Bath,10,null", "2,York,20,new");
        assertThat(rows(product, 1)).containsExactly("1,Bath,10");
        assertThat(Shop.findings(product)).isEmpty();
        assertThat(product.verify(new ReleaseRef.Numbered(1)).findings()).isEmpty();
    }

    @Test
    void keysHoldAcrossVersions() {
        Product product = shop.product("1.1.0", WITH_NOTE);

        assertThat(publish(product, Mode.APPEND, sales("1,York,20")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(product.publish().input(sales("1,York,21")).check().outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(publish(product, Mode.UPSERT, Shop.records("id,town,amount,note", "1,York,20,x"))
                        .outcome())
                .isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).containsExactly("1,York,20,x");
    }

    @Test
    void aPatchPublishesOnTheSameTable() {
        Product product =
                shop.product("1.0.1", Shop.SALES.replace("name: town,", "name: town, description: Where it was sold,"));

        assertThat(product.plan().refusals()).isEmpty();
        assertThat(publish(product, Mode.APPEND, sales("2,York,20")).outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).hasSize(2);
    }

    @Test
    void changedContentUnderAnUnchangedVersionIsRefused() {
        assertRefused(
                shop.product("1.0.0", WITH_NOTE),
                "Cannot publish retail/shop:",
                "contract sales: the contract changed but its version is still 1.0.0: give it a new version",
                "note");
    }

    @Test
    void aBreakingChangeWithoutANewMajorIsRefused() {
        assertRefused(
                shop.product("1.1.0", STRICTER),
                "Cannot publish retail/shop:",
                "contract sales: the changes break readers: version 1.0.0 cannot become 1.1.0",
                "town");
    }

    @Test
    void anOlderMajorIsRefused() {
        publish(shop.product("2.0.0", STRICTER), Mode.APPEND, sales("1,Bath,10"));

        assertRefused(shop.sales(), "contract sales: version 1.0.0 is older than 2.0.0, which is published");
    }

    private static void assertRefused(Product product, String... messages) {
        assertThat(product.plan().refusals()).isNotEmpty();
        assertThat(product.plan().isBreaking()).isTrue();
        assertThatThrownBy(() -> publish(product, Mode.APPEND, sales("2,York,20")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(messages);
        assertThatThrownBy(() -> product.publish().input(sales("2,York,20")).check())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void aNewMajorGetsATableBesideTheOld() {
        Product product = shop.product("2.0.0", RENAMED_KEY);
        Plan plan = product.plan();

        PublishResult result = publish(product, Mode.APPEND, Shop.records("number,town,amount", "1,York,20"));

        assertThat(plan.isBreaking()).isTrue();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.created())
                .singleElement()
                .satisfies(table -> assertThat(table.table().name()).isEqualTo("shop_sales_v2"));
        assertThat(result.ports()).extracting(PublishResult.Port::table).containsExactly("retail.shop_sales_v2");
        assertThat(rows(product)).containsExactly("1,York,20");
        assertThat(rows(product, 1)).containsExactly("1,Bath,10");
        assertThat(Shop.findings(product)).isEmpty();
        assertThat(product.verify(new ReleaseRef.Numbered(1)).findings()).isEmpty();
        try (Foreign foreign = new Foreign(shop)) {
            assertThat(foreign.has("shop_sales_v1")).isTrue();
        }
    }

    @Test
    void aRenamedKeyKeepsItsFieldIdSoThatReleasesCompare() {
        Product product = shop.product("2.0.0", RENAMED_KEY);
        publish(product, Mode.APPEND, Shop.records("number,town,amount", "1,York,10", "2,Ely,5"));
        assertThat(publish(product, Mode.APPEND, Shop.records("number,town,amount", "1,York,20"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);

        Diff.TableDiff diff = product.diff(new ReleaseRef.Numbered(1), new ReleaseRef.Latest())
                .tables()
                .get(0);

        assertThat(diff.keyed()).isTrue();
        assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(1L, 0L, 1L);
        assertThat(diff.columns()).containsExactly(Map.entry("town", 1L));
        assertThat(diff.schema()).singleElement().asString().contains("id").contains("number");
    }

    /** Whether it is the key that gets wider, another column, or a part of one. */
    @Test
    void aWiderTypeAloneChangesNoRow() {
        String narrow = Shop.SALES.replace("integer,", "integer, physicalType: int,")
                + "      - { name: sizes, logicalType: array, items: { logicalType: integer, physicalType: int } }\n";
        Shop.publish(
                shop.product("2.0.0", narrow),
                Mode.APPEND,
                RecordSources.of("records", List.of(Map.of("id", 1, "amount", 10, "sizes", List.of(7)))));
        Product wide = shop.product(
                "2.1.0",
                narrow.replace("physicalType: int,", "physicalType: bigint,")
                        .replace("physicalType: int ", "physicalType: bigint "));
        publish(wide, Mode.APPEND, sales("2,York,20"));

        for (Diff.TableDiff diff : List.of(diff(wide, 2, 3), diff(wide, 3, 2))) {
            assertThat(diff.added() + diff.removed()).isEqualTo(1);
            assertThat(diff.changed()).isZero();
        }
    }

    private static Diff.TableDiff diff(Product product, long from, long to) {
        return product.diff(new ReleaseRef.Numbered(from), new ReleaseRef.Numbered(to))
                .tables()
                .get(0);
    }

    @Test
    void rollbackGoesBackToTheOlderMajor() {
        Product product = shop.product("2.0.0", STRICTER);
        publish(product, Mode.APPEND, sales("1,York,20"));

        PublishResult back = product.rollback(new ReleaseRef.Numbered(1));

        assertThat(back.release()).isEqualTo(3);
        assertThat(rows(product)).containsExactly("1,Bath,10");
        assertThat(rows(product, 2)).containsExactly("1,York,20");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void aPortMayOnlyGoWithANewMajor() {
        Map<String, String> two = Map.of("sales", Shop.SALES, "stock", Shop.SALES);
        Product both = shop.product("1.0.0", two);
        both.publish().input("stock", sales("1,Bath,5")).run();

        Product minor = shop.product("1.1.0", Shop.SALES);
        assertThat(minor.plan().refusals()).isNotEmpty();
        assertThatThrownBy(() -> publish(minor, Mode.APPEND, sales("2,York,20")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract stock is gone from the output ports");

        Product major = shop.product("2.0.0", Shop.SALES);
        PublishResult result = publish(major, Mode.APPEND, sales("2,York,20"));
        assertThat(result.ports()).extracting(PublishResult.Port::object).containsExactly("sales");
        assertThat(rows(major.read().release(2).object("stock"))).containsExactly("1,Bath,5");
        assertThat(Shop.findings(major)).isEmpty();
    }
}
