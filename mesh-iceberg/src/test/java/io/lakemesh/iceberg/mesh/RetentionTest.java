package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Rollback;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Mode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract says how long releases stay readable, whatever the configuration says of their number. */
class RetentionTest {
    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** Releases 1 and 2 of today, 3 of the third day from now and 4 of the sixth. */
    private Product history(String retention) {
        Product product = shop.product("1.0.0", Shop.SALES + retention);
        publish(product, Mode.APPEND, sales("1,Bath,1"));
        publish(product, Mode.APPEND, sales("2,Bath,2"));
        rollback(product, 3, 1);
        rollback(product, 6, 2);
        return product;
    }

    private void rollback(Product product, int day, long to) {
        new Rollback(shop.mesh().lakehouse(), clock(day), "tester").to(new ReleaseRef.Numbered(to), product.history());
    }

    private static Clock clock(int day) {
        return Clock.offset(Clock.systemUTC(), Duration.ofDays(day));
    }

    /** What would go on a day, if the configuration keeps so many releases. */
    private List<Long> expired(Product product, int day, int releases) {
        return new Maintenance(shop.mesh().lakehouse(), clock(day), "tester", releases)
                .plan(product.address(), Maintenance.OLDER_THAN)
                .get(0)
                .expired();
    }

    @Test
    void keepsWhatWasTheNewestWithinIt() {
        Product product = history("slaProperties: [{ property: retention, value: 2, unit: d }]\n");

        assertThat(expired(product, 7, 1)).as("3 was replaced a day ago").containsExactly(1L, 2L);
        assertThat(expired(product, 9, 1)).as("3 was replaced three days ago").containsExactly(1L, 2L, 3L);
        assertThat(expired(product, 9, 3)).as("the configuration keeps more").containsExactly(1L);
    }

    @Test
    void theLongestCounts() {
        Product product = history(
                """
                slaProperties:
                  - { property: retention, value: 1, unit: d }
                  - { property: retention, value: 1, unit: y, element: sales }
                """);

        assertThat(expired(product, 300, 1)).isEmpty();
        assertThat(expired(product, 400, 1)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void withoutItTheNumberDecides() {
        assertThat(expired(history(""), 7, 1)).containsExactly(1L, 2L, 3L);
    }
}
