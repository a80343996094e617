package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.GovernedReadTest.ANALYST;
import static io.lakemesh.iceberg.mesh.GovernedReadTest.CLERK;
import static io.lakemesh.iceberg.mesh.GovernedReadTest.MANAGER;
import static io.lakemesh.iceberg.mesh.GovernedReadTest.ROLES;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Diff;
import io.lakemesh.history.Diff.TableDiff;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a subject may do beside reading, and what becomes of policies that change. */
class GovernedHistoryTest {
    private static final Subject EVE = Subject.of("eve");
    private static final ReleaseRef FIRST = new ReleaseRef.Numbered(1);
    private static final ReleaseRef SECOND = new ReleaseRef.Numbered(2);

    @TempDir
    Path folder;

    @Test
    void aDifferenceIsOfWhatIsSeen() {
        try (Shop shop = new Shop(folder)) {
            Product product = shop.product(
                    "1.0.0", Shop.SALES + "    quality: [{ id: n, metric: rowCount, mustBeGreaterThan: 0 }]\n" + ROLES);
            publish(product, Mode.APPEND, sales("1,Bath,11", "2,York,20"));
            publish(product, Mode.OVERWRITE, sales("1,Bath,12", "2,York,29", "3,Ely,37", "4,Rye,1"));

            assertThat(counts(product.as(MANAGER).diff(FIRST, SECOND))).containsExactly(2L, 0L, 2L);
            assertThat(product.as(MANAGER).diff(FIRST, SECOND).checks()).hasSize(1);
            Diff seen = product.as(ANALYST).diff(FIRST, SECOND);
            assertThat(counts(seen)).containsExactly(1L, 0L, 0L);
            assertThat(seen.tables().get(0).rows()).hasSize(1).allMatch(row -> row.toString()
                    .contains("30"));
            assertThat(seen.checks()).isEmpty();
            assertThat(counts(product.as(CLERK).diff(FIRST, SECOND))).containsExactly(2L, 0L, 2L);
            assertThat(product.as(CLERK).diff(FIRST, SECOND).checks()).isEmpty();
            assertDenied(
                    "Cannot read retail.shop_sales_v1", () -> product.as(EVE).diff(FIRST, SECOND));
            assertDenied(
                    "Cannot read retail.shop_sales_v1", () -> product.as(EVE).diff(SECOND, SECOND));
        }
    }

    private static List<Long> counts(Diff diff) {
        TableDiff table = diff.tables().get(0);
        return List.of(table.added(), table.removed(), table.changed());
    }

    @Test
    void aNewTableIsCountedAsItIsSeen() {
        try (Shop shop = new Shop(folder)) {
            publish(shop.product("1.0.0", Map.of("stock", Shop.SALES + ROLES)), Mode.APPEND, sales("1,Bath,1"));
            Product both = shop.product("1.1.0", Map.of("sales", Shop.SALES + ROLES, "stock", Shop.SALES + ROLES));
            both.publish().input("sales", sales("1,Bath,1", "2,York,2")).run();

            assertThat(added(both.as(ANALYST).diff(FIRST, SECOND))).isEqualTo(1);
            assertThat(added(both.as(MANAGER).diff(FIRST, SECOND))).isEqualTo(2);
            assertDenied("Cannot read retail.shop_", () -> both.as(EVE).diff(FIRST, SECOND));
        }
    }

    private static long added(Diff diff) {
        return diff.tables().stream()
                .filter(table -> table.object().equals("sales"))
                .findFirst()
                .orElseThrow()
                .added();
    }

    @Test
    void aSubjectOnlyReads() {
        try (Shop shop = new Shop(folder)) {
            Product product = shop.product("1.0.0", Shop.SALES + ROLES);
            assertDenied("Cannot see what was set aside of retail/shop as mia", () -> product.as(MANAGER)
                    .quarantine());
            publish(
                    product,
                    Mode.APPEND,
                    sales("1,Bath,11", "2,York,20", "3,Ely,5", "4,Ely,5", "5,Ely,5", "6,Bath,-1"));
            Product mia = product.as(MANAGER);

            assertDenied("Cannot publish retail/shop as mia: a subject may only read", mia::publish);
            assertDenied("Cannot plan retail/shop as mia: a subject may only read", mia::plan);
            assertDenied("Cannot roll back retail/shop as mia: a subject may only read", () -> mia.rollback(FIRST));
            assertDenied("Cannot erase from retail/shop as mia: a subject may only read", mia::erase);
            assertDenied("Cannot verify retail/shop as mia: a subject may only read", () -> mia.verify(FIRST));
            assertThat(mia.quarantine()).isNotNull();
            assertThat(mia.history().all()).hasSize(1);
            for (Subject partly : List.of(ANALYST, CLERK, EVE)) {
                assertDenied(
                        "Cannot show what was set aside of retail/shop: it is shown to those only who see every row and"
                                + " column of the product",
                        () -> product.as(partly).quarantine());
                assertDenied(
                        "Cannot show the history of retail/shop: it is shown to those only who see every row and column of"
                                + " the product",
                        () -> product.as(partly).history());
                assertDenied("Cannot show the history of retail/shop", () -> product.as(partly)
                        .findHistory());
            }
            assertThat(product.history().all()).hasSize(1);
        }
    }

    @Test
    void eachPortHasItsOwnPolicy() {
        try (Shop shop = new Shop(folder)) {
            String closed = ROLES.substring(0, ROLES.indexOf("  - role: clerk")).replace("analyst", "buyer");
            Product product = shop.product("1.0.0", Map.of("sales", Shop.SALES + ROLES, "stock", Shop.SALES + closed));
            product.publish()
                    .input("sales", sales("1,Bath,11"))
                    .input("stock", sales("7,Bath,77"))
                    .run();

            assertThat(rows(product.as(ANALYST).read().object("sales"))).containsExactly("1,Bath,10");
            assertDenied(
                    "Cannot read retail.shop_stock_v1",
                    () -> rows(product.as(MANAGER).read().object("stock")));
            assertThat(rows(product.as(Subject.of("bo", "buyer", "town:Bath"))
                            .read()
                            .object("stock")))
                    .containsExactly("7,Bath,70");
            assertDenied(
                    "Cannot show what was set aside", () -> product.as(MANAGER).quarantine());
        }
    }

    @Test
    void aMeshPolicyThatAsksForMoreThanWhatWasPublishedHoldsAtOnce() {
        String columns = Shop.SALES
                .replace("name: town,", "name: town, classification: low,")
                .replace("name: amount,", "name: amount, classification: low,")
                .replace("name: id,", "name: id, classification: low,");
        try (Shop shop = governed("[{ name: low }]", "[]")) {
            publish(shop.product("1.0.0", columns + ROLES), Mode.APPEND, sales("1,Bath,11", "2,York,20"));
            assertThat(rows(shop.mesh().product("retail/shop").as(MANAGER))).containsExactly("1,Bath,11", "2,York,20");
        }
        try (Shop shop = governed("[{ name: low, mask: [round(-2), null] }]", "[{ id: f, where: id < 2 }]")) {
            Product known = shop.mesh().product("retail/shop");
            assertThat(rows(known.as(MANAGER))).containsExactly("0,null,0");
            assertThat(rows(known.as(ANALYST))).containsExactly("0,null,0");
            assertThat(rows(known)).containsExactly("1,Bath,11", "2,York,20");
            assertThatThrownBy(() -> known.publish().input(sales("3,Rye,3")).run())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "column 'amount' would show role analyst round(-1), but the mesh's policy says"
                                    + " round(-2)");
        }
        try (Shop shop = governed("[{ name: other }]", "[]")) {
            assertThat(rows(shop.mesh().product("retail/shop").as(MANAGER)))
                    .containsExactly("null,null,null", "null,null,null");
        }
    }

    private Shop governed(String classifications, String filters) {
        return Shop.governed(folder, "classifications: " + classifications + "\nrowFilters: " + filters + "\n");
    }

    private static void assertDenied(String message, ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOf(AccessDeniedException.class).hasMessageStartingWith(message);
    }
}
