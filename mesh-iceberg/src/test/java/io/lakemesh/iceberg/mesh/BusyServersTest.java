package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.iceberg.CutProxy;
import io.lakemesh.iceberg.CutProxy.Cut;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer, and that they have too much to do: 503. */
@Tag("server")
class BusyServersTest {
    private static final List<String> BEFORE = List.of("1,York,20");
    private static final List<String> AFTER = List.of("1,York,20", "2,York,20");

    private static String busy(String type, String body) {
        return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    @Nested
    class OfStorage extends OfServer {
        private static final String SLOW_DOWN = busy(
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code>"
                        + "<Message>Please reduce your request rate.</Message></Error>");

        OfStorage() {
            super(new Surroundings(Storage.MINIO, Catalogs.SQLITE));
        }

        @Override
        CutProxy proxy(MeshConfig direct) {
            return new CutProxy(Detour.storagePort(direct));
        }

        @Override
        MeshConfig through(MeshConfig direct, int port) {
            return Detour.toStorage(direct, port);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET [^?]+ ", "GET .*list-type", "HEAD ", "PUT .*parquet", "PUT .*json"})
        void aRefusedRequestIsMadeAgain(String request) {
            assertPublishesOnceThough(Pattern.compile("^" + request), Cut.REQUEST, SLOW_DOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT .*parquet", "PUT .*metadata.json"})
        void whatWasStoredThoughItWasRefusedIsStoredAgain(String request) {
            assertPublishesOnceThough(Pattern.compile("^" + request), Cut.REPLY, SLOW_DOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET ", "PUT .*parquet", "PUT .*metadata.json", "PUT .*/runs/"})
        void saysSoWhereItStaysBusy(String request) {
            assertSaysSo(
                    Pattern.compile("^" + request),
                    Cut.REQUEST,
                    SLOW_DOWN,
                    // what a client hears of a refusal before it has sent its bytes has no code
                    "Cannot reach the warehouse: the storage answered 503( SlowDown)?; it has too much to do: try again"
                            + " later");
        }
    }

    @Nested
    class OfCatalog extends OfServer {
        private static final String UNAVAILABLE = busy(
                "application/json",
                "{\"error\": {\"message\": \"busy\", \"type\": \"ServiceUnavailableException\", \"code\": 503}}");
        private static final Pattern COMMIT = Pattern.compile("^POST /v1/namespaces/[^ ]+/tables/");

        OfCatalog() {
            super(new Surroundings(Storage.LOCAL, Catalogs.REST));
        }

        @Override
        CutProxy proxy(MeshConfig direct) {
            return new CutProxy(Detour.catalogPort(direct));
        }

        @Override
        MeshConfig through(MeshConfig direct, int port) {
            Map<String, String> catalog = new HashMap<>(direct.catalog());
            // the client's own five double their pause from one second to sixteen
            catalog.put("properties.rest.client.max-retries", "1");
            return Detour.toCatalog(Shop.config(direct.home(), catalog, direct.warehouse()), port);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET .*/tables/", "HEAD "})
        void aRefusedRequestIsMadeAgain(String request) {
            assertPublishesOnceThough(Pattern.compile("^" + request), Cut.REQUEST, UNAVAILABLE);
        }

        @Test
        void aCommitThatIsDoneThoughItWasRefusedIsDoneOnce() {
            assertPublishesOnceThough(COMMIT, Cut.REPLY, UNAVAILABLE);
        }

        @Test
        void saysSoWhereItStaysBusy() {
            assertSaysSo(
                    Pattern.compile("^GET "),
                    Cut.REQUEST,
                    UNAVAILABLE,
                    "Cannot reach the catalog: its server refused or did not answer");
        }

        @ParameterizedTest
        @EnumSource
        void aCommitOfUnknownOutcomeIsToldAsSuch(Cut cut) {
            assertSaysSo(
                    COMMIT,
                    cut,
                    UNAVAILABLE,
                    "Cannot tell whether release 2 of domain\\d+/shop was committed: the catalog does not answer; run"
                            + " again with run id bb");
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OfServer {
        private final Surroundings surroundings;
        private MeshConfig direct;
        private CutProxy proxy;
        private Path folder;
        private int domains;

        OfServer(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        abstract CutProxy proxy(MeshConfig mesh);

        abstract MeshConfig through(MeshConfig mesh, int port);

        @BeforeAll
        void start(@TempDir Path temporary) {
            folder = temporary;
            direct = surroundings.mesh(temporary);
            proxy = proxy(direct);
        }

        @AfterAll
        void stop() throws IOException {
            proxy.close();
            surroundings.close();
        }

        void assertPublishesOnceThough(Pattern request, Cut cut, String reply) {
            try (Shop shop = open()) {
                Product product = shop.sales();
                publish(product, "a");
                proxy.answer(request, cut, reply);

                Throwable failure = catchThrowable(() -> publish(product, "bb"));

                assertThat(proxy.comeBack()).as("refused requests").isEqualTo(1);
                assertThat(failure).isNull();
                assertWhole(product);
            }
        }

        /** From such a request on, whatever is asked is refused. */
        void assertSaysSo(Pattern request, Cut cut, String reply, String messages) {
            try (Shop shop = open()) {
                Product product = shop.sales();
                publish(product, "a");
                proxy.answerAllFrom(request, cut, reply);

                Throwable failure = catchThrowable(() -> publish(product, "bb"));

                assertThat(proxy.comeBack()).as("what was waited for").isEqualTo(1);
                assertThat(failure).isInstanceOf(UnavailableException.class).hasMessageMatching(messages);
                assertThat(Shop.rows(product)).isIn(BEFORE, AFTER);
                assertThat(publish(product, "bb").outcome()).isIn(Outcome.PUBLISHED, Outcome.UNCHANGED);
                assertWhole(product);
            }
        }

        private static void assertWhole(Product product) {
            assertThat(Shop.rows(product)).isEqualTo(AFTER);
            assertThat(product.history().all()).hasSize(2);
            assertThat(Shop.findings(product)).isEmpty();
        }

        private Shop open() {
            String domain = "domain" + ++domains;
            return new Shop(folder.resolve(domain), through(direct, proxy.port()), domain);
        }

        static PublishResult publish(Product product, String run) {
            return product.publish()
                    .runId(run)
                    .mode(Mode.APPEND)
                    .input(sales(run.length() + ",York,20"))
                    .run();
        }
    }
}
