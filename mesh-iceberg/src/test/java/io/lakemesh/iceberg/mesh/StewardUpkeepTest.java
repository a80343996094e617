package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.filesBelow;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.iceberg.OwnTables;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance of the stewards' tables, which every sync leaves another file and snapshot in: no row is lost or there twice. */
class StewardUpkeepTest {
    /** So that everything written until now is old. */
    private static final Duration AT_ONCE = Duration.ofMinutes(-1);

    /** The effects are the same for each of the three tables: by day, other ones of each are enough. */
    private static final int STRIDE = Boolean.getBoolean("lakemesh.night") ? 1 : 11;

    private static final String RULES =
            Shop.SALES + "    quality: [{ id: enough, metric: rowCount, mustBeGreaterThan: 0 }]\n";

    private static final List<String> TABLES = List.of("releases", "checks", "runs");

    @TempDir
    Path folder;

    private static List<TableUpkeep> maintain(Mesh mesh, Duration olderThan, boolean dryRun) {
        return mesh.lakehouse().maintainOwn(Upkeep.ofOwn(olderThan, dryRun, "steward", Instant.now()));
    }

    /** A release and a sync, so many times. */
    private static Product releases(Shop shop, int from, int to) {
        Product product = shop.product("1.0.0", RULES);
        for (int i = from; i <= to; i++) {
            publish(product, Mode.APPEND, sales(i + ",Bath," + i));
            shop.mesh().sync();
        }
        return product;
    }

    private static Map<String, List<String>> rows(MeshConfig config) {
        return Map.of(
                "releases", OwnTables.rows(config, "releases", "release", "run_id", "row_count", "published_at"),
                "checks", OwnTables.rows(config, "checks", "run_id", "check_id", "value", "outcome"),
                "runs", OwnTables.rows(config, "runs", "run_id", "outcome", "finished_at"));
    }

    private static void assertOnce(MeshConfig config, long last, String when) {
        List<String> all = LongStream.rangeClosed(1, last)
                .mapToObj(Long::toString)
                .sorted()
                .toList();
        assertThat(OwnTables.rows(config, "releases", "release")).as(when).isEqualTo(all);
        assertThat(OwnTables.rows(config, "runs", "release")).as(when).isEqualTo(all);
        assertThat(OwnTables.rows(config, "checks", "check_id", "release"))
                .as(when)
                .filteredOn(check -> check.startsWith("enough "))
                .isEqualTo(all.stream().map("enough "::concat).toList());
    }

    private static MeshConfig plain(Path home) {
        return Shop.config(home, Map.of("location", home.resolve("warehouse").toString()));
    }

    @Test
    void putsFilesTogetherAndEndsSnapshotsWithoutChangingARow() {
        try (Shop shop = new Shop(folder, plain(folder))) {
            releases(shop, 1, 7);
            Map<String, List<String>> before = rows(shop.mesh().config());
            List<Path> files = filesBelow(folder.resolve("warehouse"));

            List<TableUpkeep> planned = maintain(shop.mesh(), AT_ONCE, true);
            assertThat(filesBelow(folder.resolve("warehouse"))).isEqualTo(files);
            List<TableUpkeep> done = maintain(shop.mesh(), AT_ONCE, false);

            assertThat(planned)
                    .extracting(table -> table.table().toString())
                    .containsExactly("lakemesh.checks", "lakemesh.releases", "lakemesh.runs");
            assertThat(planned).extracting(TableUpkeep::compacted).containsOnly(6);
            assertThat(done).extracting(TableUpkeep::compacted).containsOnly(6);
            assertThat(done).extracting(TableUpkeep::into).containsOnly(1);
            assertThat(done).extracting(TableUpkeep::left).containsOnlyNulls();
            assertThat(rows(shop.mesh().config())).isEqualTo(before);
            assertThat(shop.mesh().sync().rows().values()).containsOnly(0L);
            for (String table : TABLES) {
                assertThat(filesBelow(folder.resolve("warehouse/lakemesh/" + table + "/metadata")))
                        .as("snapshots of " + table)
                        .filteredOn(file -> file.getFileName().toString().startsWith("snap-"))
                        .hasSize(1);
                assertThat(filesBelow(folder.resolve("warehouse/lakemesh/" + table + "/data")))
                        .as("data files of " + table)
                        .hasSize(2);
            }
            releases(shop, 8, 9);
            assertOnce(shop.mesh().config(), 9, "afterwards");
        }
    }

    @Test
    void whereverItIsBrokenOffEachRowStaysAndTheNextSyncGoesOn() throws IOException {
        atEachPoint(StewardUpkeepTest::breaksOff);
    }

    /** From the same six releases at each point, until one is beyond the end of maintenance. */
    private void atEachPoint(BiPredicate<Path, Integer> isWithin) throws IOException {
        Path home = folder.resolve("home");
        Path saved = folder.resolve("saved");
        try (Shop first = new Shop(home, plain(home))) {
            releases(first, 1, 6);
        }
        MaintenanceTest.copy(home, saved);
        int point = 0;
        while (isWithin.test(home, point)) {
            MaintenanceTest.copy(saved, home);
            point += STRIDE;
        }
        assertThat(point).isGreaterThan(120);
    }

    /** Whether the process ended before maintenance did. */
    private static boolean breaksOff(Path home, int kill) {
        Effects effects = new Effects();
        boolean killed = false;
        try (Mesh dying = Mesh.open(Shop.config(home, effects.warehouse(home.resolve("warehouse"))))) {
            effects.killAfter(kill);
            assertThat(maintain(dying, AT_ONCE, false))
                    .filteredOn(table -> TABLES.contains(table.table().name()))
                    .extracting(TableUpkeep::compacted)
                    .containsOnly(5);
        } catch (Effects.Killed e) {
            killed = true;
        }
        try (Shop next = new Shop(home, plain(home))) {
            assertOnce(plain(home), 6, "killed after " + kill);
            releases(next, 7, 7);
            maintain(next.mesh(), AT_ONCE, false);
            assertOnce(plain(home), 7, "killed after " + kill + ", and maintained again");
        }
        return killed;
    }

    @Test
    void whereverASyncComesBetweenItsRowsAreThereOnce() throws IOException {
        atEachPoint(StewardUpkeepTest::comesBetween);
    }

    /** Whether maintenance went so far that the sync came. */
    private static boolean comesBetween(Path home, int point) {
        Effects effects = new Effects();
        AtomicBoolean came = new AtomicBoolean();
        try (Shop other = new Shop(home, plain(home));
                Mesh maintained = Mesh.open(Shop.config(home, effects.warehouse(home.resolve("warehouse"))))) {
            Thread here = Thread.currentThread();
            effects.dieBy(() -> {
                // a thread of Iceberg's pool would wait for the pool
                if (Thread.currentThread() == here && came.compareAndSet(false, true)) {
                    releases(other, 7, 7);
                }
            });
            effects.killAfter(point);
            maintain(maintained, Duration.ofHours(1), false);
            maintain(maintained, AT_ONCE, false);
        }
        assertOnce(plain(home), came.get() ? 7 : 6, "a sync came at " + point);
        return came.get();
    }

    @Test
    void besideSyncsAndPublishersOnSqlite() throws Exception {
        assertBeside(new Surroundings(Storage.LOCAL, Catalogs.SQLITE));
    }

    @Test
    @Tag("server")
    void besideSyncsAndPublishersOnPostgres() throws Exception {
        assertBeside(new Surroundings(Storage.MINIO, Catalogs.POSTGRES));
    }

    @Test
    @Tag("server")
    void besideSyncsAndPublishersOnRest() throws Exception {
        assertBeside(new Surroundings(Storage.LOCAL, Catalogs.REST));
    }

    private void assertBeside(Surroundings surroundings) throws Exception {
        try (surroundings) {
            MeshConfig config = surroundings.mesh(folder);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            int compacted = 0;
            try (Mesh steward = Mesh.open(config);
                    Shop shop = new Shop(folder.resolve("home"), config)) {
                List<Future<?>> jobs = new ArrayList<>();
                jobs.add(threads.submit(() -> releases(shop, 1, 15)));
                jobs.add(threads.submit(() -> syncs(config)));
                while (!jobs.stream().allMatch(Future::isDone)) {
                    compacted += maintain(steward, Duration.ofHours(1), false).stream()
                            .mapToInt(TableUpkeep::into)
                            .sum();
                }
                for (Future<?> job : jobs) {
                    job.get();
                }
                steward.sync();
            } finally {
                threads.shutdownNow();
            }
            assertThat(compacted).isPositive();
            assertOnce(config, 15, "beside maintenance");
        }
    }

    private static void syncs(MeshConfig config) {
        try (Mesh mesh = Mesh.open(config)) {
            for (int i = 0; i < 10; i++) {
                mesh.sync();
            }
        }
    }
}
