package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Progress;
import io.lakemesh.run.RunRequest;
import io.lakemesh.run.Runner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publish gives up a minute after its last row, and leaves nothing behind. */
class DeadlineTest {
    private final Watch watch = new Watch();
    private Shop shop;
    private Product product;
    private int others;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.sales();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whoIsAlwaysSecondIsToldByWhomAndHowOften() {
        Runner second = runner(() -> {
            watch.advance(Duration.ofSeconds(25));
            others++;
            product.publish()
                    .runId("other-" + others)
                    .input(sales(others + ",Bath,10"))
                    .run();
        });

        assertThatThrownBy(() -> second.publish(late(), Progress.NONE))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Cannot publish release 3 of retail/shop: run other-3 published first; try again"
                        + " (3 tries in 60 s)");

        assertThat(Shop.rows(product)).containsExactly("1,Bath,10", "2,Bath,10", "3,Bath,10");
        assertThat(dataFiles())
                .as("data files, of which none is the late run's")
                .hasSize(others);
    }

    @Test
    void whoIsTooSlowPublishesNothing() {
        product.publish().runId("early").input(sales("1,Bath,10")).run();
        Runner slow = runner(() -> watch.advance(Duration.ofSeconds(61)));

        assertThatThrownBy(() -> slow.publish(late(), Progress.NONE))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("Cannot publish retail/shop within 60 s: storage or catalog are too slow; nothing was"
                        + " published; run again later with run id late");

        assertThat(Shop.rows(product)).containsExactly("1,Bath,10");
        assertThat(dataFiles()).hasSize(1);
    }

    /** A runner before each of whose releases something happens. */
    private Runner runner(Runnable before) {
        Lakehouse real = shop.mesh().lakehouse();
        Lakehouse watched = (Lakehouse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Lakehouse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("publish")) {
                        before.run();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Runner(watched, watch, "tester", Map.of());
    }

    private RunRequest late() {
        return new RunRequest(
                product.contract(), Map.of("sales", List.of(sales("100,York,10"))), Mode.APPEND, "late", null);
    }

    private List<Path> dataFiles() {
        return Shop.filesBelow(shop.warehouse()).stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .toList();
    }

    /** A clock that a test sets. */
    private static final class Watch extends Clock {
        private Instant now = Instant.now();

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Cannot set a test's clock to " + zone + ": it stays in UTC");
        }
    }
}
