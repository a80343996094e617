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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Surroundings surroundings = new Surroundings(Storage.MINIO, Catalogs.POSTGRES);
    private ToxiproxyServer.Proxy storage;
    private ToxiproxyServer.Proxy catalog;
    private MeshConfig mesh;
    private Path folder;
    private int domains;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        MeshConfig direct = surroundings.mesh(temporary);
        Map<String, String> warehouse = new HashMap<>(direct.warehouse());
        URI endpoint = URI.create(Objects.requireNonNull(warehouse.get("endpoint")));
        storage = ToxiproxyServer.shared().proxy(endpoint.getPort());
        warehouse.put("endpoint", "http://127.0.0.1:" + storage.port());
        Map<String, String> database = new HashMap<>(direct.catalog());
        URI uri = URI.create(Objects.requireNonNull(database.get("uri")).replace("jdbc:", ""));
        catalog = ToxiproxyServer.shared().proxy(uri.getPort());
        database.put("uri", "jdbc:postgresql://127.0.0.1:" + catalog.port() + uri.getPath());
        mesh = Shop.config(folder, database, warehouse);
    }

    @AfterAll
    void stop() {
        storage.close();
        catalog.close();
        surroundings.close();
    }

    private Shop open() {
        String domain = "domain" + ++domains;
        return new Shop(folder.resolve(domain), mesh, domain);
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
        for (ToxiproxyServer.Proxy proxy : List.of(storage, catalog)) {
            try (Shop shop = open()) {
                Product product = shop.sales();
                slow.forEach(proxy::add);
                try {
                    assertThat(publish(product, "a").outcome()).isEqualTo(Outcome.PUBLISHED);
                    assertThat(Shop.rows(product)).hasSize(1);
                } finally {
                    slow.forEach(proxy::remove);
                }
            }
        }
    }

    @Test
    void saysSoWhereTheNetworkBreaksAndGoesOnAfterwards() {
        for (ToxiproxyServer.Proxy proxy : List.of(storage, catalog)) {
            for (Toxic toxic : List.of(Toxic.resetPeer(Duration.ZERO), Toxic.timeout(Duration.ofMillis(50)))) {
                try (Shop shop = open()) {
                    Product product = shop.sales();
                    publish(product, "a");
                    proxy.add(toxic);
                    Throwable failure;
                    try {
                        failure = catchThrowable(() -> publish(product, "bb"));
                    } finally {
                        proxy.remove(toxic);
                    }
                    assertThat(failure)
                            .as(toxic.toString())
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
        try (Shop shop = open()) {
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
                storage.add(gone);
                assertThatThrownBy(() -> iterator.forEachRemaining(row -> {}))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageStartingWith("Cannot reach the warehouse: ")
                        .hasMessageNotContaining("\n");
            } finally {
                storage.remove(gone);
            }
        }
    }
}
