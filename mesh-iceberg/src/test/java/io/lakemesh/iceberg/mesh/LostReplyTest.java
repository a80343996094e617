package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Publish;
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
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    private static final String ANY_TABLE = "\\w+";

    /** A statement that writes a table's row, and its parameters. */
    private static Pattern sql(String table) {
        return Pattern.compile("(?s)(UPDATE|INSERT INTO) iceberg_tables.*\\b" + table + "\\b");
    }

    private static Pattern http(String table) {
        return Pattern.compile("^POST /v1/namespaces/[^ ]+/tables/" + table + " ");
    }

    /** What is done while the commit goes wrong. */
    enum Operation {
        FIRST_PUBLISH(0),
        APPEND(2),
        OVERWRITE(2),
        OVERWRITE_PARTITIONS(2),
        QUARANTINE(2, "shop_sales_v1_quarantine"),
        QUARANTINE_TABLE(0, "shop_sales_v1_quarantine"),
        FIRST_OF_TWO(2, "shop_sales_v1"),
        LAST_OF_TWO(2, "shop_stock_v1"),
        LAST_OF_TWO_NEW(0, "shop_stock_v1"),
        UPSERT(2),
        SCHEMA_CHANGE(2),
        ROLLBACK(2),
        COMPACTION(7),
        EXPIRY(3);

        private final int before;
        private final String table;

        Operation(int before) {
            this(before, ANY_TABLE);
        }

        /** Whose commit of that table goes wrong. */
        Operation(int before, String table) {
            this.before = before;
            this.table = table;
        }

        void prepare(Shop shop) {
            Product product = this == SCHEMA_CHANGE ? shop.sales() : product(shop);
            for (int run = 1; run <= before; run++) {
                String other = this == QUARANTINE ? "y,Bad,1" : (run + 10) + ",Ely,1";
                publish(product, "before-" + run, Mode.APPEND, run + ",Bath," + run, other);
            }
        }

        void run(Shop shop) {
            switch (this) {
                case OVERWRITE -> publish(shop.sales(), "run", Mode.OVERWRITE, "8,York,80");
                case OVERWRITE_PARTITIONS ->
                    publish(product(shop), "run", Mode.OVERWRITE_PARTITIONS, "8,Bath,80", "9,York,81");
                case UPSERT -> publish(shop.sales(), "run", Mode.UPSERT, "1,York,80", "8,Ely,81");
                case QUARANTINE, QUARANTINE_TABLE -> publish(product(shop), "run", Mode.APPEND, "8,York,80", "x,Bad,1");
                case SCHEMA_CHANGE ->
                    product(shop)
                            .publish()
                            .runId("run")
                            .input(Shop.records(Shop.HEADER + ",note", "8,York,80,new"))
                            .run();
                case ROLLBACK -> shop.sales().rollback(new ReleaseRef.Numbered(1));
                case COMPACTION -> maintain(shop, Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
                case EXPIRY -> maintain(shop, Set.of(3L));
                default -> publish(product(shop), "run", Mode.APPEND, "8,York,80");
            }
        }

        /** With the contract that is in force afterwards. */
        Product product(Shop shop) {
            return switch (this) {
                case SCHEMA_CHANGE ->
                    shop.product("1.1.0", Shop.SALES + "      - { name: note, logicalType: string }\n");
                case OVERWRITE_PARTITIONS -> shop.product("1.0.0", properties("partition, value: [town]") + Shop.SALES);
                case QUARANTINE, QUARANTINE_TABLE ->
                    shop.product("1.0.0", properties("max-quarantined, value: 0.5") + Shop.SALES);
                case FIRST_OF_TWO, LAST_OF_TWO, LAST_OF_TWO_NEW ->
                    shop.product("1.0.0", Map.of("sales", Shop.SALES, "stock", Shop.SALES));
                default -> shop.sales();
            };
        }

        private static String properties(String property) {
            return "    customProperties: [{ property: lakemesh." + property + " }]\n";
        }

        private static PublishResult publish(Product product, String run, Mode mode, String... rows) {
            Publish publish = product.publish().runId(run).mode(mode);
            product.contract().tables().forEach(table -> publish.input(table.object(), sales(rows)));
            return publish.run();
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
            super(Catalogs.POSTGRES, LostReplyTest::sql, "INSERT INTO iceberg_namespace_properties");
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
                proxy.cut(sql(ANY_TABLE), Cut.REPLY, false);

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
            super(Catalogs.REST, LostReplyTest::http, "^POST /v1/namespaces ");
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OfCatalog {
        private final Surroundings surroundings;
        private final Function<String, Pattern> commits;
        private final Pattern namespace;
        private MeshConfig direct;
        CutProxy proxy;
        private Path folder;
        private int domains;
        private int files;

        OfCatalog(Catalogs catalogs, Function<String, Pattern> commits, String namespace) {
            this.surroundings = new Surroundings(Storage.LOCAL, catalogs);
            this.commits = commits;
            this.namespace = Pattern.compile(namespace);
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

        /** Namespaces are made before the first table. */
        @ParameterizedTest
        @EnumSource
        void aNewNamespaceIsLost(Cut cut) {
            assertDoneOnce(Operation.FIRST_PUBLISH, namespace, cut, false);
            assertDoneOnce(Operation.FIRST_PUBLISH, namespace, cut, true);
        }

        private void assertDoneOnce(Operation operation, Cut cut, boolean staysAway) {
            assertDoneOnce(operation, commits.apply(operation.table), cut, staysAway);
        }

        private void assertDoneOnce(Operation operation, Pattern request, Cut cut, boolean staysAway) {
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
            Throwable failure = lose(operation, request, cut, staysAway, domain);
            assertTells(failure, cut, staysAway);
            try (Shop after = open(direct, domain)) {
                operation.run(after);
                Product product = operation.product(after);
                assertThat(seen(product)).isEqualTo(expected);
                assertThat(Shop.findings(product)).isEmpty();
                assertThat(Strays.of(direct, domain)).noneMatch(file -> file.startsWith("missing"));
                assertThat(Operation.publish(product, "next", Mode.APPEND, "900,Rye,9")
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

        /** What readers see: of each object, and of what runs set aside. */
        private record Seen(int releases, List<List<String>> rows, List<String> aside) {}

        private static Seen seen(Product product) {
            List<String> aside = new ArrayList<>();
            var quarantine = product.quarantine();
            quarantine.runs().forEach(run -> quarantine.rows(run, row -> aside.add(run.runId() + row.record())));
            return new Seen(
                    product.history().all().size(),
                    product.contract().tables().stream()
                            .map(table -> Shop.rows(product.read().object(table.object())))
                            .toList(),
                    aside);
        }

        private Shop open(MeshConfig mesh, String domain) {
            return new Shop(folder.resolve(domain + "-" + ++files), mesh, domain);
        }

        private @Nullable Throwable lose(
                Operation operation, Pattern request, Cut cut, boolean staysAway, String domain) {
            try (Shop shop = open(through(), domain)) {
                // leaves nothing; what a process tries once on a catalog's server lies behind it then
                operation
                        .product(shop)
                        .publish()
                        .input("sales", sales("7,Bath,70"))
                        .check();
                proxy.cut(request, cut, staysAway);
                Throwable failure = catchThrowable(() -> operation.run(shop));
                assertThat(proxy.comeBack())
                        .as("connections that were broken off")
                        .isEqualTo(1);
                return failure;
            }
        }
    }
}
