package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.iceberg.OwnTables;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables for stewards on real tables, where a process can end between any two effects. */
class StewardTablesTest {
    private static final String RULES =
            """
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.5 }
            """
                    + Shop.SALES
                    + """
                quality:
                  - { id: enough, metric: rowCount, mustBeGreaterThan: 0 }
                  - { id: many, metric: rowCount, mustBeGreaterThan: 100, severity: warning }
            """;

    @TempDir
    Path folder;

    @Test
    void showReleasesChecksAndRunsOfWhateverEnded() {
        try (Shop shop = new Shop(folder, plain(folder))) {
            Product product = shop.product("1.0.0", RULES);
            String first = publish(product, Mode.APPEND, sales("1,Bath,1", "2,York,-1", "3,Ely,3"))
                    .runId();
            String refused = publish(product, Mode.APPEND, sales("4,Bath,-1", "x,York,5"))
                    .runId();
            String rollback =
                    publish(product, Mode.OVERWRITE, sales("5,Hull,5")).runId();
            String last = product.rollback(new ReleaseRef.Numbered(1)).runId();

            assertThat(shop.mesh().sync().left()).isEmpty();

            MeshConfig mesh = shop.mesh().config();
            String table = "sales retail.shop_sales_v1 1.0.0 ";
            assertThat(OwnTables.rows(
                            mesh,
                            "releases",
                            "domain",
                            "product",
                            "release",
                            "kind",
                            "mode",
                            "restores",
                            "object",
                            "table_name",
                            "contract_version",
                            "row_count",
                            "added_row_count",
                            "run_id"))
                    .containsExactly(
                            "retail shop 1 publish append null " + table + "2 2 " + first,
                            "retail shop 2 publish overwrite null " + table + "1 1 " + rollback,
                            "retail shop 3 rollback rollback 1 " + table + "2 0 " + last);
            assertThat(OwnTables.rows(
                            mesh,
                            "runs",
                            "outcome",
                            "mode",
                            "release",
                            "input_count",
                            "read_row_count",
                            "published_row_count",
                            "quarantined_row_count",
                            "withheld_row_count",
                            "run_id"))
                    .containsExactly(
                            "published append 1 1 3 2 1 0 " + first,
                            "published overwrite 2 1 1 1 0 0 " + rollback,
                            "published rollback 3 0 0 0 0 0 " + last,
                            "refused append null 1 2 0 2 0 " + refused);
            assertThat(OwnTables.rows(mesh, "runs", "started_at", "mode"))
                    .filteredOn(started -> started.startsWith("null"))
                    .containsExactly("null rollback");
            assertThat(OwnTables.rows(
                            mesh, "checks", "run_id", "release", "object", "check_id", "metric", "value", "outcome"))
                    .contains(
                            first + " 1 sales enough rowCount 2.0 passed",
                            first + " 1 sales many rowCount 2.0 warned",
                            first + " 1 sales amount.minimum quarantinedRows 1.0 quarantined",
                            refused + " null sales enough rowCount 0.0 failed",
                            refused + " null sales id.type quarantinedRows 1.0 quarantined");
            assertThat(shop.mesh().products()).containsExactly(product.address());
            assertThat(shop.mesh().sync().rows().values()).containsOnly(0L);
        }
    }

    @Test
    void whereverARefusedRunOrASyncIsBrokenOffEachRunHasItsRowsOnce() throws IOException {
        Path home = folder.resolve("home");
        Path saved = folder.resolve("saved");
        try (Shop first = new Shop(home, plain(home))) {
            Product product = first.product("1.0.0", RULES);
            publish(product, Mode.APPEND, sales("1,Bath,1"));
            first.mesh().sync();
            publish(product, Mode.APPEND, sales("2,York,2"));
        }
        MaintenanceTest.copy(home, saved);
        int kill = 0;
        while (breaksOff(home, kill)) {
            MaintenanceTest.copy(saved, home);
            kill++;
        }
        assertThat(kill).isGreaterThan(40);
    }

    private static MeshConfig plain(Path home) {
        return Shop.config(home, Map.of("location", home.resolve("warehouse").toString()));
    }

    /** Whether the process ended before the sync did. */
    private static boolean breaksOff(Path home, int kill) {
        Effects effects = new Effects();
        boolean killed = false;
        try (Shop dying = new Shop(home, Shop.config(home, effects.warehouse(home.resolve("warehouse"))))) {
            Product product = dying.product("1.0.0", RULES);
            effects.killAfter(kill);
            assertThat(publish(product, Mode.APPEND, sales("3,Ely,-1")).outcome())
                    .isEqualTo(Outcome.REFUSED);
            dying.mesh().sync();
        } catch (Effects.Killed e) {
            killed = true;
        }
        try (Shop next = new Shop(home, plain(home))) {
            assertThat(next.mesh().sync().left()).isEmpty();
            List<String> runs = OwnTables.rows(plain(home), "runs", "outcome", "release");
            List<String> ended = new ArrayList<>(List.of("published 1", "published 2"));
            boolean logged = next.mesh().product("retail/shop").history().runs().stream()
                    .anyMatch(run -> run.outcome() == RunRecord.Outcome.REFUSED);
            // a run that was refused and killed before the log had it may have been told
            if (logged || runs.contains("refused null")) {
                ended.add("refused null");
            }
            assertThat(runs).as("killed after " + kill).isEqualTo(ended);
            assertThat(OwnTables.rows(plain(home), "checks", "check_id", "release"))
                    .as("killed after " + kill)
                    .filteredOn(check -> check.startsWith("enough "))
                    .hasSameSizeAs(ended);
            assertThat(OwnTables.rows(plain(home), "releases", "release"))
                    .as("killed after " + kill)
                    .containsExactly("1", "2");
            assertThat(Shop.filesBelow(home.resolve("warehouse/.lakemesh/refused")))
                    .as("killed after " + kill)
                    .allMatch(file -> file.toString().endsWith(".tmp"));
        }
        return killed;
    }

    @Test
    void manySyncsBesidePublishersOnSqlite() throws Exception {
        assertOnce(new Surroundings(Storage.LOCAL, Catalogs.SQLITE));
    }

    @Test
    @Tag("server")
    void manySyncsBesidePublishersOnPostgres() throws Exception {
        assertOnce(new Surroundings(Storage.MINIO, Catalogs.POSTGRES));
    }

    @Test
    @Tag("server")
    void manySyncsBesidePublishersOnRest() throws Exception {
        assertOnce(new Surroundings(Storage.LOCAL, Catalogs.REST));
    }

    private void assertOnce(Surroundings surroundings) throws Exception {
        try (surroundings) {
            MeshConfig config = surroundings.mesh(folder);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int job = 0; job < 4; job++) {
                int number = job;
                jobs.add(() -> number < 2 ? syncs(config) : runs(config, number));
            }
            try {
                for (Future<Integer> done : threads.invokeAll(jobs)) {
                    assertThat(done.get()).isPositive();
                }
            } finally {
                threads.shutdownNow();
            }
            try (Mesh mesh = Mesh.open(config)) {
                mesh.sync();
            }
            assertThat(OwnTables.rows(config, "runs", "outcome", "run_id"))
                    .containsExactlyInAnyOrder(
                            "published good-2-0",
                            "published good-2-1",
                            "published good-2-2",
                            "published good-3-0",
                            "published good-3-1",
                            "published good-3-2",
                            "refused bad-2-0",
                            "refused bad-2-1",
                            "refused bad-2-2",
                            "refused bad-3-0",
                            "refused bad-3-1",
                            "refused bad-3-2");
            assertThat(OwnTables.rows(config, "releases", "release")).containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(OwnTables.rows(config, "checks", "check_id"))
                    .filteredOn("enough"::equals)
                    .hasSize(12);
        }
    }

    private static int syncs(MeshConfig config) {
        try (Mesh mesh = Mesh.open(config)) {
            for (int i = 0; i < 6; i++) {
                mesh.sync();
            }
        }
        return 1;
    }

    private int runs(MeshConfig config, int number) {
        try (Shop shop = new Shop(folder.resolve("home-" + number), config)) {
            Product product = shop.product("1.0.0", RULES);
            for (int i = 0; i < 3; i++) {
                product.publish()
                        .runId("good-" + number + "-" + i)
                        .input(sales(number + "" + i + ",Bath,1"))
                        .run();
                product.publish()
                        .runId("bad-" + number + "-" + i)
                        .input(sales(number + "" + i + ",Bath,-1"))
                        .run();
            }
        }
        return 1;
    }
}
