package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.history.ReleaseRef.Numbered;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.Mode;
import io.lakemesh.schema.Row;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit has of what happened, on real tables. */
class AuditTest {
    @TempDir
    Path folder;

    @BeforeEach
    void publishSome() {
        try (Shop shop = new Shop(folder)) {
            publish(sold(shop), Mode.APPEND, sales("1,Bath,11", "2,York,19"));
        }
    }

    private static Product sold(Shop shop) {
        return shop.product("1.0.0", Shop.SALES + GovernedReadTest.ROLES);
    }

    @Test
    void recordsEachDecisionOnceWithWhatWasSeen() {
        try (Shop shop = new Shop(folder)) {
            Product product = sold(shop);
            rows(product.as(GovernedReadTest.ANALYST.forPurpose("statistics"))
                    .read()
                    .columns("amount")
                    .where("id = 1"));
            assertThatThrownBy(() -> rows(product.as(Subject.of("eve", "guests"))))
                    .isInstanceOf(AccessDeniedException.class);
            publish(product, Mode.APPEND, sales("3,Ely,3"));
            product.as(GovernedReadTest.MANAGER).diff(new Numbered(1), new Numbered(2));
            assertThat(product.as(GovernedReadTest.MANAGER).quarantine().runs()).isEmpty();
            product.rollback(new Numbered(1));
            product.erase().key("id", "2").reference("case-7").run();
            rows(product);
        }
        try (Shop shop = new Shop(folder)) {
            assertThat(shop.mesh().audit().verify(null).problem()).isNull();
            List<Row> records = shop.mesh().audit().records(AuditQuery.ALL);
            assertThat(records)
                    .extracting(row -> texts(
                            row,
                            "sequence",
                            "decision",
                            "action",
                            "actor",
                            "user_name",
                            "release",
                            "column_names",
                            "row_filter",
                            "masks",
                            "role"))
                    .containsExactly(
                            "9 granted erase " + user() + " null null [\"id\"] null null null",
                            "8 granted rollback " + user() + " null 3 null null null null",
                            "7 granted quarantine " + user() + " mia 2 [\"id\",\"town\",\"amount\"] null null manager",
                            "6 granted diff " + user() + " mia 2 [\"id\",\"town\",\"amount\"] null null manager",
                            "5 granted diff " + user() + " mia 1 [\"id\",\"town\",\"amount\"] null null manager",
                            "4 granted publish " + user() + " null 2 null null null null",
                            "3 denied read " + user() + " eve 1 null null null null",
                            "2 granted read " + user()
                                    + " ada 1 [\"amount\",\"id\"] (town IN ('Bath', 'Ely')) {\"amount\":\"round(-1)\"} analyst",
                            "1 granted publish " + user() + " null 1 null null null null");
            assertThat(texts(records.get(7), "group_names", "purposes", "domain", "product", "object", "table_name"))
                    .isEqualTo(
                            "[\"analyst\",\"town:Bath\",\"town:Ely\"] [\"statistics\"] retail shop sales retail.shop_sales_v1");
            assertThat(records.get(7).get("policy"))
                    .isEqualTo(
                            shop.mesh().product("retail/shop").policies().get(0).digest());
            assertThat(records.get(0).get("reference")).isEqualTo("case-7");
            assertThat(records.get(6).get("reason")).asString().contains("none of the roles");
        }
        assertThat(Shop.filesBelow(folder.resolve(".mesh/audit"))).isEmpty();
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static String texts(Row row, String... columns) {
        return String.join(
                " ",
                Arrays.stream(columns)
                        .map(column -> String.valueOf(row.get(column)))
                        .toList());
    }
}
