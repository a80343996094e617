package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.filesBelow;
import static io.lakemesh.iceberg.mesh.Shop.findings;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Diff;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Mode;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import io.lakemesh.testkit.ProductFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance changes files, never what anybody reads, compares, verifies or goes back to. */
class MaintenanceTest {
    private static final ProductAddress SHOP = new ProductAddress("retail", "shop");

    /** So that everything written until now is old. */
    private static final Duration AT_ONCE = Duration.ofMinutes(-1);

    private static final String TOLERANT =
            """
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.9 }
                  - { property: lakemesh.sort, value: "town" }
            """
                    + Shop.SALES
                    + """
                quality:
                  - { id: enough, metric: rowCount, mustBeGreaterThan: 0 }
            """;

    private Path folder;
    private Shop shop;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        shop = new Shop(temporary);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static List<TableUpkeep> maintain(Mesh mesh, long from, long to, Duration olderThan, boolean dryRun) {
        Set<Long> keep = LongStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
        return mesh.lakehouse().maintain(new Upkeep(SHOP, keep, Set.of(), olderThan, dryRun, "steward", Instant.now()));
    }

    /** Appends, upserts with delete files, a rollback and set-aside rows. */
    private static Product history(Shop shop) {
        Product product = shop.product("1.0.0", TOLERANT);
        for (int i = 1; i <= 7; i++) {
            publish(product, Mode.APPEND, sales(i + ",Bath," + i, (100 + i) + ",York,1", "x,Bad,1"));
        }
        publish(product, Mode.UPSERT, sales("1,Ely,11", "101,Ely,12", "2,Ely,13"));
        publish(product, Mode.UPSERT, sales("3,Hull,14", "200,Hull,15"));
        return product;
    }

    private static Map<Long, List<String>> releases(Product product, long from, long to) {
        Map<Long, List<String>> rows = new TreeMap<>();
        for (long release = from; release <= to; release++) {
            rows.put(release, rows(product, release));
        }
        return rows;
    }

    private static void assertVerified(Product product, long from, long to) {
        for (long release = from; release <= to; release++) {
            assertThat(product.verify(new ReleaseRef.Numbered(release)).findings())
                    .as("release " + release)
                    .isEmpty();
        }
    }

    @Test
    void readsComparesVerifiesAndGoesBackAsBefore() {
        Product product = history(shop);
        Map<Long, List<String>> before = releases(product, 1, 9);
        Diff diff = product.diff(new ReleaseRef.Numbered(6), new ReleaseRef.Latest());

        List<TableUpkeep> done = maintain(shop.mesh(), 1, 9, AT_ONCE, false);

        assertThat(done.get(0).compacted()).isGreaterThanOrEqualTo(7);
        assertThat(done.get(0).into()).isEqualTo(1);
        assertThat(done.get(0).notDone()).isEmpty();
        assertThat(releases(product, 1, 9)).isEqualTo(before);
        assertThat(product.diff(new ReleaseRef.Numbered(6), new ReleaseRef.Latest()))
                .isEqualTo(diff);
        assertVerified(product, 1, 9);
        product.rollback(new ReleaseRef.Numbered(5));
        assertThat(rows(product)).isEqualTo(before.get(5L));
        product.rollback(new ReleaseRef.Numbered(9));
        assertThat(rows(product)).isEqualTo(before.get(9L));
        publish(product, Mode.UPSERT, sales("1,Rye,50"));
        assertThat(rows(product)).contains("1,Rye,50").hasSameSizeAs(before.get(9L));
        assertVerified(product, 1, 12);
    }

    @Test
    void putsManifestsTogetherWhereFilesAreNot() {
        Product product = shop.product(
                "1.0.0", "    customProperties: [{ property: lakemesh.partition, value: [town] }]\n" + Shop.SALES);
        for (int i = 1; i <= 101; i++) {
            publish(product, Mode.APPEND, sales(i + ",Town " + i + "," + i));
        }
        Map<Long, List<String>> before = releases(product, 100, 101);
        assertThat(manifests(product)).isEqualTo(101);

        assertThat(maintain(shop.mesh(), 1, 101, AT_ONCE, true).get(0).manifests())
                .isEqualTo(101);
        TableUpkeep done = maintain(shop.mesh(), 1, 101, AT_ONCE, false).get(0);

        assertThat(done.compacted()).isZero();
        assertThat(done.manifests()).isEqualTo(101);
        assertThat(done.notDone()).isEmpty();
        assertThat(manifests(product)).isEqualTo(1);
        assertThat(releases(product, 100, 101)).isEqualTo(before);
        assertVerified(product, 100, 101);
        assertThat(maintain(shop.mesh(), 100, 101, AT_ONCE, false).get(0).manifests())
                .isZero();
        publish(product, Mode.UPSERT, sales("8,Town 8,80"));
        assertVerified(product, 100, 102);
    }

    private long manifests(Product product) {
        return shop
                .mesh()
                .lakehouse()
                .files(product.history().latest().manifest().tables().get(0))
                .stream()
                .filter(file -> file.kind() == FileEvidence.Kind.MANIFEST)
                .count();
    }

    @Test
    void doesNothingTheSecondTime() {
        Product product = history(shop);
        maintain(shop.mesh(), 3, 9, AT_ONCE, false);
        maintain(shop.mesh(), 3, 9, AT_ONCE, false);
        List<Path> files = filesBelow(shop.warehouse());

        List<TableUpkeep> again = maintain(shop.mesh(), 3, 9, AT_ONCE, false);

        assertThat(again).allSatisfy(table -> {
            assertThat(table.compacted()).isZero();
            assertThat(table.expired()).isEmpty();
            assertThat(table.leftovers()).isEmpty();
        });
        assertThat(filesBelow(shop.warehouse())).isEqualTo(files);
        assertVerified(product, 3, 9);
    }

    @Test
    void endsReleasesThatNeedNotBeKept() {
        Product product = history(shop);
        Map<Long, List<String>> before = releases(product, 5, 9);

        List<TableUpkeep> done = maintain(shop.mesh(), 5, 9, AT_ONCE, false);

        assertThat(done.get(0).expired()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(releases(product, 5, 9)).isEqualTo(before);
        assertVerified(product, 5, 9);
        String expired = "Cannot read release 4 of retail/shop: it has expired; its manifest and report remain";
        assertThatThrownBy(() -> rows(product, 4))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(expired);
        assertThatThrownBy(() -> product.verify(new ReleaseRef.Numbered(4)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(expired);
        assertThatThrownBy(() -> product.diff(new ReleaseRef.Numbered(4), new ReleaseRef.Latest()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(expired);
        assertThatThrownBy(() -> product.rollback(new ReleaseRef.Numbered(4)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(expired);
        assertThat(product.history().all()).hasSize(9);
        publish(product, Mode.APPEND, sales("300,Hull,1"));
        assertVerified(product, 5, 10);
    }

    @Test
    void keepsAReleaseThatAnotherProductWasMadeFrom() {
        Product product = history(shop);
        long snapshot = product.history()
                .find(new ReleaseRef.Numbered(2))
                .manifest()
                .tables()
                .get(0)
                .snapshotId();
        List<String> before = rows(product, 2);

        shop.mesh()
                .lakehouse()
                .maintain(new Upkeep(SHOP, Set.of(9L), Set.of(snapshot), AT_ONCE, false, "steward", Instant.now()));

        assertThat(rows(product, 2)).isEqualTo(before);
        assertThatThrownBy(() -> rows(product, 3)).hasMessageContaining("it has expired");
    }

    @Test
    void keepsWhatWasPublishedAfterTheReleasesToKeepWereFound() {
        Product product = history(shop);

        maintain(shop.mesh(), 4, 7, AT_ONCE, false);

        assertThat(releases(product, 4, 9)).hasSize(6);
        assertVerified(product, 4, 9);
    }

    @Test
    void keepsRowsThatWereSetAside() {
        Product product = history(shop);
        maintain(shop.mesh(), 9, 9, AT_ONCE, false);

        for (RunRecord run : product.quarantine().runs()) {
            List<Long> lines = new ArrayList<>();
            product.quarantine().rows(run, row -> lines.add(row.line()));
            assertThat(lines).containsExactly(3L);
        }
        assertThat(product.quarantine().runs()).hasSize(7);
    }

    @Test
    void removesOnlyOldFilesOfItsOwnMakingThatNothingNames() throws IOException {
        Product product = history(shop);
        Path data = shop.warehouse().resolve("retail/shop_sales_v1/data");
        Path forgotten = old(data.resolve(UUID.randomUUID() + "-00001.parquet"));
        Path young = ProductFiles.write(data.resolve(UUID.randomUUID() + "-00001.parquet"), "x");
        Path foreign = old(data.resolve("mine.parquet"));
        Path deeper = old(data.resolve("sub").resolve(UUID.randomUUID() + "-00001.parquet"));
        Path metadata =
                old(data.resolveSibling("metadata").resolve("00001-" + UUID.randomUUID() + ".gz.metadata.json"));
        List<Path> before = filesBelow(shop.warehouse());

        List<TableUpkeep> planned = maintain(shop.mesh(), 1, 9, Duration.ofHours(24), true);
        assertThat(filesBelow(shop.warehouse())).isEqualTo(before);
        List<TableUpkeep> done = maintain(shop.mesh(), 1, 9, Duration.ofHours(24), false);

        assertThat(planned.get(0).leftovers())
                .extracting(FileEvidence::location)
                .containsExactlyInAnyOrder(forgotten.toString(), metadata.toString());
        assertThat(done.get(0).leftovers()).isEqualTo(planned.get(0).leftovers());
        assertThat(forgotten).doesNotExist();
        assertThat(metadata).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
        assertThat(deeper).exists();
        assertVerified(product, 1, 9);
    }

    private static Path old(Path file) throws IOException {
        ProductFiles.write(file, "x");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }

    @Test
    void publishersBesideItAllSucceed() throws Exception {
        Product product = history(shop);
        int expected = rows(product).size();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> publishers = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                int first = 1000 * (thread + 1);
                publishers.add(threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        publish(product, Mode.UPSERT, sales((first + i) + ",Rye,1", (1 + i % 7) + ",Hull," + i));
                    }
                }));
            }
            while (!publishers.stream().allMatch(Future::isDone)) {
                maintain(shop.mesh(), 1, 9, Duration.ofHours(1), false);
            }
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(rows(product)).hasSize(expected + 20);
        assertThat(product.history().latest().number()).isEqualTo(29);
        assertThat(findings(product)).isEmpty();
    }

    @Test
    void whereverItIsBrokenOffNothingIsLostAndItCanRunAgain() throws IOException {
        Path home = folder.resolve("home");
        Path saved = folder.resolve("saved");
        Map<String, String> plain = Map.of("location", home.resolve("warehouse").toString());
        try (Shop first = new Shop(home, config(home, plain))) {
            Product product = first.product("1.0.0", TOLERANT);
            for (int i = 1; i <= 5; i++) {
                publish(product, Mode.APPEND, sales(i + ",Bath," + i, "x,Bad,1"));
            }
            publish(product, Mode.UPSERT, sales("1,Ely,11", "6,Hull,6"));
        }
        copy(home, saved);
        int kill = 0;
        while (breaksOff(home, kill)) {
            copy(saved, home);
            kill++;
        }
        assertThat(kill).isGreaterThan(30);
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path file : filesBelow(to)) {
            Files.delete(file);
        }
        for (Path file : filesBelow(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    /** Whether the process ended before maintenance did. */
    private static boolean breaksOff(Path home, int kill) {
        Effects effects = new Effects();
        boolean killed = false;
        try (Shop dying = new Shop(home, config(home, effects.warehouse(home.resolve("warehouse"))))) {
            effects.killAfter(kill);
            assertThat(maintain(dying.mesh(), 5, 6, AT_ONCE, false).get(0).compacted())
                    .isEqualTo(5);
        } catch (Effects.Killed e) {
            killed = true;
        }
        Map<String, String> plain = Map.of("location", home.resolve("warehouse").toString());
        try (Shop next = new Shop(home, config(home, plain))) {
            Product product = next.mesh().product("retail/shop");
            assertWhole(product, kill);
            maintain(next.mesh(), 5, 6, AT_ONCE, false);
            assertWhole(product, kill);
        }
        return killed;
    }

    private static void assertWhole(Product product, int kill) {
        assertThat(rows(product, 5))
                .as("killed after " + kill)
                .containsExactly("1,Bath,1", "2,Bath,2", "3,Bath,3", "4,Bath,4", "5,Bath,5");
        assertThat(rows(product))
                .as("killed after " + kill)
                .containsExactly("1,Ely,11", "2,Bath,2", "3,Bath,3", "4,Bath,4", "5,Bath,5", "6,Hull,6");
        assertThat(findings(product)).as("killed after " + kill).isEmpty();
    }

    @Test
    void forgetsAReleaseOfTwoTablesThatWasNeverBegunOnceItIsOld() {
        Path home = folder.resolve("home");
        Path intents = home.resolve("warehouse/.lakemesh/intents");
        int kill = 0;
        while (filesBelow(intents).stream().noneMatch(file -> file.toString().endsWith(".json"))) {
            Effects effects = new Effects();
            try (Shop dying = new Shop(home, config(home, effects.warehouse(home.resolve("warehouse"))))) {
                Product product = twoObjects(dying);
                effects.killAfter(kill++);
                product.publish()
                        .input("sales", sales("1,Bath,1"))
                        .input("stock", sales("1,Bath,1"))
                        .run();
                throw new AssertionError("nothing was recorded");
            } catch (Effects.Killed e) {
                // one effect later the next time
            }
        }
        Map<String, String> plain = Map.of("location", home.resolve("warehouse").toString());
        try (Shop next = new Shop(home, config(home, plain))) {
            twoObjects(next);
            assertThat(maintain(next.mesh(), 1, 1, Duration.ofHours(24), false))
                    .extracting(TableUpkeep::left)
                    .contains("no file was removed: a release is being published");

            assertThat(maintain(next.mesh(), 1, 1, AT_ONCE, false))
                    .extracting(TableUpkeep::left)
                    .containsOnlyNulls();

            assertThat(filesBelow(intents)).isEmpty();
            Product product = next.mesh().product("retail/shop");
            assertThat(rows(product.read().object("sales"))).containsExactly("0,Bath,1");
            assertThat(findings(product)).isEmpty();
        }
    }

    /** A product with a release. */
    private static Product twoObjects(Shop shop) {
        Product product = shop.product("1.0.0", Map.of("sales", Shop.SALES, "stock", Shop.SALES));
        product.publish()
                .runId("first")
                .input("sales", sales("0,Bath,1"))
                .input("stock", sales("0,Bath,1"))
                .run();
        return product;
    }

    private static MeshConfig config(Path home, Map<String, String> warehouse) {
        return new MeshConfig(
                "mesh",
                "tester",
                home,
                Map.of(
                        "catalog",
                        Map.of("type", "jdbc", "uri", "jdbc:sqlite:" + home.resolve("catalog.db")),
                        "warehouse",
                        warehouse));
    }

    @Test
    void refusesATimeInWhichARunMayBeUnderWay() {
        history(shop);
        assertThatThrownBy(() -> shop.mesh().maintenance().run(SHOP, Duration.ofMinutes(59)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("files younger than 1 h may belong to a run that is under way");
    }
}
