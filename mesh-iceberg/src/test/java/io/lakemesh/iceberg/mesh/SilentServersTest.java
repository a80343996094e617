package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.iceberg.CutProxy;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that take what they are sent and say nothing, from some request of a publish on. A request is waited for no longer than
 * its client's time limit, which is one second here, and only a few are made once one has failed: both together bound the publish.
 */
@Tag("server")
class SilentServersTest {
    private static final String SECOND = "1000";

    /** Of a file each. */
    private static final String[] ROWS = {
        "2,York,1", "3,Bath,1", "4,Ely,1", "5,Rye,1", "6,Hull,1", "7,Deal,1", "8,Ware,1", "9,Wells,1"
    };

    /** One to end each open file, and a few more, of which one deletes what is staged. */
    private static final int MOST_REQUESTS = ROWS.length + 4;

    private static final String CONTRACT =
            "    customProperties: [{ property: lakemesh.partition, value: [town] }]\n" + Shop.SALES;

    @TempDir
    Path folder;

    private static Map<String, String> with(Map<String, String> section, String key, String value) {
        Map<String, String> changed = new HashMap<>(section);
        changed.put("properties." + key, value);
        return changed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET .*list-type", "GET .*metadata.json", "PUT .*parquet", "PUT .*metadata.json"})
    void storage(String request) throws IOException {
        MeshConfig direct = new Surroundings(Storage.MINIO, Catalogs.SQLITE).mesh(folder);
        Map<String, String> warehouse = with(direct.warehouse(), "http-client.urlconnection.socket-timeout-ms", SECOND);
        try (CutProxy proxy = new CutProxy(Detour.storagePort(direct))) {
            MeshConfig quick = Shop.config(folder, direct.catalog(), warehouse);
            assertEndsSoon(proxy, Detour.toStorage(quick, proxy.port()), "^" + request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT .*iceberg_tables", "UPDATE iceberg_tables"})
    void postgres(String statement) throws IOException {
        MeshConfig direct = new Surroundings(Storage.LOCAL, Catalogs.POSTGRES).mesh(folder);
        try (CutProxy proxy = new CutProxy(Detour.catalogPort(direct))) {
            Map<String, String> catalog =
                    new HashMap<>(Detour.toCatalog(direct, proxy.port()).catalog());
            catalog.compute("uri", (key, uri) -> uri + "?sslmode=disable&prepareThreshold=0");
            catalog = with(catalog, "jdbc.socketTimeout", "1");
            assertEndsSoon(proxy, Shop.config(folder, catalog, direct.warehouse()), statement);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET ", "POST "})
    void rest(String request) throws IOException {
        try (Surroundings surroundings = new Surroundings(Storage.LOCAL, Catalogs.REST)) {
            MeshConfig direct = surroundings.mesh(folder);
            Map<String, String> catalog = with(direct.catalog(), "rest.client.socket-timeout-ms", SECOND);
            try (CutProxy proxy = new CutProxy(Detour.catalogPort(direct))) {
                MeshConfig quick = Shop.config(folder, catalog, direct.warehouse());
                assertEndsSoon(proxy, Detour.toCatalog(quick, proxy.port()), "^" + request);
            }
        }
    }

    private void assertEndsSoon(CutProxy proxy, MeshConfig mesh, String request) {
        try (Shop shop = new Shop(folder.resolve("shop"), mesh)) {
            Product product = shop.product("1.0.0", CONTRACT);
            publish(product, "first", "1,York,20");
            proxy.swallowAllFrom(Pattern.compile(request));

            Instant begun = Instant.now();
            Throwable failure = catchThrowable(() -> publish(product, "second", ROWS));
            Duration taken = Duration.between(begun, Instant.now());

            int more = proxy.refused();
            assertThat(proxy.comeBack()).as("what was waited for").isEqualTo(1);
            assertThat(failure).isInstanceOf(UnavailableException.class).hasMessageStartingWith("Cannot ");
            assertThat(1 + more).as("requests that were waited for").isLessThanOrEqualTo(MOST_REQUESTS);
            assertThat(taken).as("with time limits of a second").isLessThan(Duration.ofSeconds(60));
            assertThat(publish(product, "second", ROWS).outcome()).isIn(Outcome.PUBLISHED, Outcome.UNCHANGED);
            assertThat(Shop.rows(product)).hasSize(1 + ROWS.length);
            assertThat(Shop.findings(product)).isEmpty();
        }
    }

    private static PublishResult publish(Product product, String run, String... rows) {
        return product.publish().runId(run).mode(Mode.APPEND).input(sales(rows)).run();
    }
}
