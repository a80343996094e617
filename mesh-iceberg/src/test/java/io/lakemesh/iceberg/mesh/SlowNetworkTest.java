package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Rows;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.testkit.server.Toxic;
import io.lakemesh.testkit.server.ToxiproxyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A network that is slow or breaks between us and object storage, or us and the catalog. */
@Tag("server")
@TestInstance(Lifecycle.PER_CLASS)
class SlowNetworkTest {
    private final Surroundings database = new Surroundings(Storage.MINIO, Catalogs.POSTGRES);
    private final Surroundings server = new Surroundings(Storage.LOCAL, Catalogs.REST);
    private List<Way> ways;
    private Path folder;
    private int domains;

    /** From a mesh to one of its servers. */
    private record Way(String to, MeshConfig mesh, ToxiproxyServer.Proxy proxy) {}

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        MeshConfig first = database.mesh(temporary);
        MeshConfig second = server.mesh(temporary);
        ToxiproxyServer.Proxy storage = ToxiproxyServer.shared().proxy(Detour.storagePort(first));
        ToxiproxyServer.Proxy postgres = ToxiproxyServer.shared().proxy(Detour.catalogPort(first));
        ToxiproxyServer.Proxy rest = ToxiproxyServer.shared().proxy(Detour.catalogPort(second));
        ways = List.of(
                new Way("S3", Detour.toStorage(first, storage.port()), storage),
                new Way("PostgreSQL", Detour.toCatalog(first, postgres.port()), postgres),
                new Way("REST", Detour.toCatalog(second, rest.port()), rest));
    }

    @AfterAll
    void stop() {
        ways.forEach(way -> way.proxy().close());
        database.close();
        server.close();
    }

    private Shop open(Way way) {
        String domain = "domain" + ++domains;
        return new Shop(folder.resolve(domain), way.mesh(), domain);
    }

    private static PublishResult publish(Product product, String run) {
        return product.publish()
                .runId(run)
                .mode(Mode.APPEND)
                .input(sales(run.length() + ",York,20"))
                .run();
    }

    @Test
    void publishesWhereTheNetworkIsMerelySlow() {
        List<Toxic> slow = List.of(
                Toxic.latency(Duration.ofMillis(20)), Toxic.bandwidth(500), Toxic.slowClose(Duration.ofMillis(20)));
        for (Way way : ways) {
            try (Shop shop = open(way)) {
                Product product = shop.sales();
                slow.forEach(way.proxy()::add);
                try {
                    assertThat(publish(product, "a").outcome()).isEqualTo(Outcome.PUBLISHED);
                    assertThat(Shop.rows(product)).hasSize(1);
                } finally {
                    slow.forEach(way.proxy()::remove);
                }
            }
        }
    }

    @Test
    void saysSoWhereTheNetworkBreaksAndGoesOnAfterwards() {
        for (Way way : ways) {
            for (Toxic toxic : List.of(Toxic.resetPeer(Duration.ZERO), Toxic.timeout(Duration.ofMillis(50)))) {
                try (Shop shop = open(way)) {
                    Product product = shop.sales();
                    publish(product, "a");
                    way.proxy().add(toxic);
                    Throwable failure;
                    try {
                        failure = catchThrowable(() -> publish(product, "bb"));
                    } finally {
                        way.proxy().remove(toxic);
                    }
                    assertThat(failure)
                            .as(toxic + " on the way to " + way.to())
                            .isInstanceOf(UnavailableException.class)
                            .hasMessageStartingWith("Cannot ")
                            .hasMessageNotContaining("\n");
                    assertThat(Shop.rows(product)).hasSizeBetween(1, 2);
                    assertThat(publish(product, "bb").outcome()).isIn(Outcome.PUBLISHED, Outcome.UNCHANGED);
                    assertThat(Shop.rows(product)).hasSize(2);
                    assertThat(Shop.findings(product)).isEmpty();
                }
            }
        }
    }

    @Test
    void aReadThatBreaksInTheMiddleIsNotTakenForADamagedFile() {
        Way storage = ways.get(0);
        try (Shop shop = open(storage)) {
            Product product = shop.sales();
            for (int file = 0; file < 2; file++) {
                int first = file * 5000;
                String[] rows = new String[5000];
                Arrays.setAll(rows, row -> (first + row) + "," + Integer.toHexString(row * 7919) + "," + row);
                Shop.publish(product, Mode.APPEND, sales(rows));
            }
            Toxic gone = Toxic.resetPeer(Duration.ZERO);
            try (Rows rows = product.read().rows()) {
                var iterator = rows.iterator();
                iterator.next();
                storage.proxy().add(gone);
                assertThatThrownBy(() -> iterator.forEachRemaining(row -> {}))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageStartingWith("Cannot reach the warehouse: ")
                        .hasMessageNotContaining("\n");
            } finally {
                storage.proxy().remove(gone);
            }
        }
    }
}
