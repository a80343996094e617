package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.CutProxy;
import io.lakemesh.iceberg.CutProxy.Cut;
import io.lakemesh.iceberg.LocalFileIO;
import io.lakemesh.iceberg.Strays;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A commit whose request or whose reply is lost on the way: it is done or ends in a clear error, and done again it is done once.
 * The catalog can be reached again at once, or only when all is over.
 */
@Tag("server")
@ExtendWith(Quiet.class)
class LostReplyTest {
    private static final Pattern SQL = Pattern.compile("(UPDATE|INSERT INTO) iceberg_tables");
    private static final Pattern HTTP = Pattern.compile("^POST /v1/namespaces/[^ ]+/tables/[^ ]+ ");

    /** What is done while the commit goes wrong. */
    enum Operation {
        FIRST_PUBLISH(0),
        APPEND(2),
        OVERWRITE(2),
        UPSERT(2),
        SCHEMA_CHANGE(2),
        ROLLBACK(2),
        COMPACTION(7),
        EXPIRY(3);

        private final int before;

        Operation(int before) {
            this.before = before;
        }

        void prepare(Shop shop) {
            Product product = shop.sales();
            for (int run = 1; run <= before; run++) {
                publish(product, "before-" + run, Mode.APPEND, sales(run + ",Bath," + run));
            }
        }

        void run(Shop shop) {
            switch (this) {
                case FIRST_PUBLISH, APPEND -> publish(shop.sales(), "run", Mode.APPEND, sales("8,York,80"));
                case OVERWRITE -> publish(shop.sales(), "run", Mode.OVERWRITE, sales("8,York,80"));
                case UPSERT -> publish(shop.sales(), "run", Mode.UPSERT, sales("1,York,80", "8,Ely,81"));
                case SCHEMA_CHANGE ->
                    publish(product(shop), "run", Mode.APPEND, Shop.records(Shop.HEADER + ",note", "8,York,80,new"));
                case ROLLBACK -> shop.sales().rollback(new ReleaseRef.Numbered(1));
                case COMPACTION -> maintain(shop, Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
                case EXPIRY -> maintain(shop, Set.of(3L));
            }
        }

        /** With the contract that is in force afterwards. */
        Product product(Shop shop) {
            return this == SCHEMA_CHANGE
                    ? shop.product("1.1.0", Shop.SALES + "      - { name: note, logicalType: string }\n")
                    : shop.sales();
        }

        private static void publish(Product product, String run, Mode mode, RecordSource rows) {
            product.publish().runId(run).mode(mode).input(rows).run();
        }

        private static void maintain(Shop shop, Set<Long> keep) {
            shop.mesh()
                    .lakehouse()
                    .maintain(new Upkeep(
                            shop.sales().address(),
                            keep,
                            Set.of(),
                            Duration.ofMinutes(-1),
                            false,
                            "tester",
                            Instant.now()));
        }
    }

    @Nested
    class OfPostgres extends OfCatalog {
        OfPostgres() {
            super(Catalogs.POSTGRES, SQL);
        }

        /** Why there is a guard: if this fails, Iceberg has mended it. */
        @Test
        void destroysTheTableOfAnUnguardedCatalog() {
            try (JdbcCatalog catalog = plain(through())) {
                catalog.createNamespace(Namespace.of("plain"));
                Schema schema = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
                Table table = catalog.buildTable(TableIdentifier.of("plain", "t"), schema)
                        .withProperty(TableProperties.COMMIT_NUM_RETRIES, "0")
                        .create();
                DataFile file = DataFiles.builder(PartitionSpec.unpartitioned())
                        .withPath(table.location() + "/data/a.parquet")
                        .withFileSizeInBytes(1)
                        .withRecordCount(1)
                        .build();
                proxy.cut(SQL, Cut.REPLY, false);

                assertThatThrownBy(() -> table.newAppend().appendFile(file).commit())
                        .isInstanceOf(CommitFailedException.class);

                assertThat(proxy.comeBack()).isEqualTo(1);
                String live = catalog.loadTable(TableIdentifier.of("plain", "t"))
                        .currentSnapshot()
                        .manifestListLocation();
                assertThat(Files.exists(Path.of(live))).isFalse();
            }
        }

        private static JdbcCatalog plain(MeshConfig mesh) {
            JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIO(), null, true);
            catalog.initialize(
                    "lakemesh",
                    Map.of(
                            CatalogProperties.URI,
                            mesh.catalog().get("uri"),
                            CatalogProperties.WAREHOUSE_LOCATION,
                            mesh.warehouse().get("location"),
                            "jdbc.user",
                            mesh.catalog().get("user"),
                            "jdbc.password",
                            mesh.catalog().get("password"),
                            "jdbc.schema-version",
                            "V1"));
            return catalog;
        }
    }

    @Nested
    class OfRest extends OfCatalog {
        OfRest() {
            super(Catalogs.REST, HTTP);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OfCatalog {
        private final Surroundings surroundings;
        private final Pattern commit;
        private MeshConfig direct;
        CutProxy proxy;
        private Path folder;
        private int domains;
        private int files;

        OfCatalog(Catalogs catalogs, Pattern commit) {
            this.surroundings = new Surroundings(Storage.LOCAL, catalogs);
            this.commit = commit;
        }

        @BeforeAll
        void start(@TempDir Path temporary) {
            folder = temporary;
            direct = surroundings.mesh(temporary);
            proxy = new CutProxy(Detour.catalogPort(direct));
        }

        /** The mesh whose catalog is behind the proxy. */
        MeshConfig through() {
            Map<String, String> catalog =
                    new HashMap<>(Detour.toCatalog(direct, proxy.port()).catalog());
            if (catalog.containsKey("password")) {
                // each statement is sent as text, which the proxy waits for
                catalog.compute("uri", (key, uri) -> uri + "?sslmode=disable&prepareThreshold=0");
            } else {
                catalog.put("properties.rest.client.max-retries", "1");
            }
            return Shop.config(direct.home(), catalog, direct.warehouse());
        }

        @AfterAll
        void stop() throws IOException {
            proxy.close();
            surroundings.close();
        }

        @ParameterizedTest
        @EnumSource
        void theRequestIsLost(Operation operation) {
            assertDoneOnce(operation, Cut.REQUEST, false);
        }

        @ParameterizedTest
        @EnumSource
        void theRequestIsLostAndTheCatalogIsAway(Operation operation) {
            assertDoneOnce(operation, Cut.REQUEST, true);
        }

        @ParameterizedTest
        @EnumSource
        void theReplyIsLost(Operation operation) {
            assertDoneOnce(operation, Cut.REPLY, false);
        }

        @ParameterizedTest
        @EnumSource
        void theReplyIsLostAndTheCatalogIsAway(Operation operation) {
            assertDoneOnce(operation, Cut.REPLY, true);
        }

        private void assertDoneOnce(Operation operation, Cut cut, boolean staysAway) {
            Seen expected;
            try (Shop twin = open(direct, "twin" + ++domains)) {
                operation.prepare(twin);
                operation.run(twin);
                expected = seen(operation.product(twin));
            }
            String domain = "lost" + domains;
            try (Shop before = open(direct, domain)) {
                operation.prepare(before);
            }
            Throwable failure = lose(operation, cut, staysAway, domain);
            assertTells(failure, cut, staysAway);
            try (Shop after = open(direct, domain)) {
                operation.run(after);
                Product product = operation.product(after);
                assertThat(seen(product)).isEqualTo(expected);
                assertThat(Shop.findings(product)).isEmpty();
                assertThat(Strays.of(direct, domain)).noneMatch(file -> file.startsWith("missing"));
                assertThat(Shop.publish(product, Mode.APPEND, sales("900,Rye,9"))
                                .release())
                        .isEqualTo(expected.releases() + 1L);
            }
        }

        private static void assertTells(@Nullable Throwable failure, Cut cut, boolean staysAway) {
            if (staysAway || failure != null) {
                assertThat(failure)
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageStartingWith("Cannot ")
                        .hasMessageNotContaining("\n");
            }
            if (cut == Cut.REPLY && !staysAway) {
                assertThat(failure).as("what is done, and can be seen to be").isNull();
            }
        }

        /** What readers see. */
        private record Seen(int releases, List<String> rows) {}

        private static Seen seen(Product product) {
            return new Seen(product.history().all().size(), Shop.rows(product));
        }

        private Shop open(MeshConfig mesh, String domain) {
            return new Shop(folder.resolve(domain + "-" + ++files), mesh, domain);
        }

        private @Nullable Throwable lose(Operation operation, Cut cut, boolean staysAway, String domain) {
            try (Shop shop = open(through(), domain)) {
                // leaves nothing; what a process tries once on a catalog's server lies behind it then
                shop.sales().publish().input(sales("7,Bath,70")).check();
                proxy.cut(commit, cut, staysAway);
                Throwable failure = catchThrowable(() -> operation.run(shop));
                assertThat(proxy.comeBack())
                        .as("connections that were broken off")
                        .isEqualTo(1);
                return failure;
            }
        }
    }
}
