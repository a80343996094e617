package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.findings;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.records;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.maintenance.ErasureResult;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.TableErasure;
import io.lakemesh.run.Upkeep;
import io.lakemesh.testkit.canary.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/** After an erasure nothing stored tells of the person, and everything else is as it was. */
class ErasureTest {
    private static final ProductAddress SHOP = new ProductAddress("retail", "shop");

    /** The person. Bounds in manifests show both columns. */
    private static final String NUMBER = "917263544839";

    private static final String NAME = "Ada Q. Canary";
    private static final Traces TRACES = new Traces(List.of(NAME, "Canary"), List.of(Long.parseLong(NUMBER)));
    private static final String HEADER = "id,person,name,town";

    private static String contract(String partition, String more) {
        return """
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.9 }
                %s
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: person, logicalType: integer, physicalType: bigint }
                  - { name: name, logicalType: string, classification: public }
                  - { name: town, logicalType: string, required: true }
                %s
                quality:
                  - { id: enough, metric: rowCount, mustBeGreaterThan: 0 }
            """
                .formatted(partition, more);
    }

    private static final String BY_TOWN = "  - { property: lakemesh.partition, value: [town] }";

    private final Random random = new Random(1);
    private Path folder;
    private Shop shop;

    @BeforeEach
    void open(@TempDir(factory = ModelTest.Memory.class) Path temporary) {
        folder = temporary;
        shop = new Shop(temporary);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String canary(int id, String town) {
        return id + "," + NUMBER + "," + NAME + "," + town;
    }

    /** Every mode, deletes, a rollback, set-aside rows, a refused run, new columns, maintenance: the person is in all of it. */
    private Product history() {
        Product product = shop.product("1.0.0", contract(BY_TOWN, ""));
        publish(product, Mode.APPEND, records(HEADER, canary(1, "Bath"), "2,2,Bob,Bath", "3,3,Cy,York"));
        publish(
                product,
                Mode.APPEND,
                records(HEADER, "4,4,Di,Bath", canary(5, "Ely"), "x," + NUMBER + "," + NAME + ",Ely"));
        publish(
                product,
                Mode.UPSERT,
                records(HEADER, "2,2,Bo,Bath", "1," + NUMBER + "," + NAME + ",Rye", "4,4,Dia,Bath"));
        for (int i = 10; i < 15; i++) {
            publish(product, Mode.APPEND, records(HEADER, i + "," + i + ",Eve,York", canary(i + 10, "York")));
        }
        publish(product, Mode.OVERWRITE_PARTITIONS, records(HEADER, "6,6,Flo,Ely"));
        publish(product, Mode.UPSERT, records(HEADER, "10,10,Gus,York", "20,1,Hal,York"));
        maintain(product, 1);
        Product wider = shop.product(
                "1.1.0", contract(BY_TOWN, "  - { name: note, logicalType: string, classification: public }"));
        publish(wider, Mode.APPEND, records(HEADER + ",note", canary(30, "Bath") + ",Canary", "31,31,Ian,Bath,n"));
        wider.rollback(new ReleaseRef.Numbered(3));
        wider.rollback(new ReleaseRef.Numbered(11));
        PublishResult refused = wider.publish()
                .input(records(
                        HEADER,
                        "y," + NUMBER + "," + NAME + ",Ely",
                        "z,5,Jo,Ely",
                        "w,5,Jo,Ely",
                        "v,5,Jo,Ely",
                        "u,5,Jo,Ely",
                        "t,5,Jo,Ely",
                        "s,5,Jo,Ely",
                        "r,5,Jo,Ely",
                        "q,5,Jo,Ely",
                        "p,5,Jo,Ely",
                        "40,1,K,Ely"))
                .run();
        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        publish(wider, Mode.UPSERT, records(HEADER + ",note", "31,31,Ina,Bath,n"));
        return wider;
    }

    private void maintain(Product product, long from) {
        long newest = product.history().latest().number();
        Set<Long> keep = LongStream.rangeClosed(from, newest).boxed().collect(Collectors.toSet());
        shop.mesh()
                .lakehouse()
                .maintain(new Upkeep(SHOP, keep, Set.of(), Duration.ofMinutes(-1), false, "steward", Instant.now()));
    }

    private static ErasureResult erase(Product product, String reference) {
        return product.erase().key("person", NUMBER).reference(reference).run();
    }

    private static Map<Long, List<String>> releases(Product product) {
        Map<Long, List<String>> rows = new TreeMap<>();
        for (long release = 1; release <= product.history().latest().number(); release++) {
            rows.put(release, rows(product, release));
        }
        return rows;
    }

    private static Map<Long, List<String>> withoutPerson(Map<Long, List<String>> releases) {
        Map<Long, List<String>> others = new TreeMap<>();
        releases.forEach((release, rows) -> others.put(
                release, rows.stream().filter(row -> !row.contains(NUMBER)).toList()));
        return others;
    }

    private static void assertVerified(Product product) {
        for (long release = 1; release <= product.history().latest().number(); release++) {
            assertThat(product.verify(new ReleaseRef.Numbered(release)).findings())
                    .as("release " + release)
                    .isEmpty();
        }
    }

    private static List<String> setAside(Product product) {
        List<String> rows = new ArrayList<>();
        for (RunRecord run : product.quarantine().runs()) {
            product.quarantine().rows(run, row -> rows.add(run.outcome() + " " + new TreeMap<>(row.record())));
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void leavesNoTraceOfThePersonAndAllElseAsItWas() {
        Product product = history();
        Map<Long, List<String>> before = releases(product);
        List<String> aside = setAside(product);
        List<Path> traces = TRACES.below(shop.warehouse());
        for (String kind : List.of(".parquet", ".avro")) {
            assertThat(traces).as("the person is there").anyMatch(file -> file.toString()
                    .endsWith(kind));
        }

        ErasureResult result = erase(product, "CASE-1");

        assertThat(TRACES.below(folder.resolve(".mesh"))).isEmpty();
        assertThat(releases(product)).isEqualTo(withoutPerson(before)).isNotEqualTo(before);
        assertThat(setAside(product))
                .isEqualTo(aside.stream().filter(row -> !row.contains(NUMBER)).toList())
                .hasSize(aside.size() - 2);
        assertVerified(product);
        Map<Long, Long> lost = new TreeMap<>();
        before.forEach((release, rows) -> lost.put(
                release, rows.stream().filter(row -> row.contains(NUMBER)).count()));
        assertThat(ErasureResult.rows(result.tables().get(0))).isEqualTo(lost);
        assertThat(ErasureResult.rows(result.tables().get(1))).isEqualTo(Map.of(0L, 2L));
        assertThat(result.tables()).extracting(TableErasure::young).containsExactly(0, 0);
        assertThat(Shop.filesBelow(shop.warehouse().resolve("retail/shop_sales_v1/metadata")))
                .as("no metadata of before, which knows the snapshots of before")
                .filteredOn(file -> file.toString().endsWith(".metadata.json"))
                .hasSize(1);
    }

    @Test
    void reachesEveryTableThatHasTheColumnUnderOneOfItsNames() {
        String stock = Shop.SALES;
        Product first = shop.product("1.0.0", Map.of("sales", contract("", ""), "stock", stock));
        first.publish()
                .input("sales", records(HEADER, canary(1, "Bath"), "2,2,Bob,Bath", "x," + NUMBER + ",A,B"))
                .input("stock", Shop.sales("1,Bath,1"))
                .run();
        String renamed = contract("", "")
                .replace("name: person,", "name: customer,")
                .replace(
                        "physicalType: bigint",
                        "physicalType: bigint, customProperties: [{ property:"
                                + " lakemesh.renamed-from, value: person }, { property: lakemesh.source-name, value: kunde }]");
        Product second = shop.product("2.0.0", Map.of("sales", renamed, "stock", stock));
        String kunde = "id,kunde,name,town";
        second.publish()
                .input("sales", records(kunde, canary(3, "Bath"), "4,4,Di,Bath", "y," + NUMBER + ",A,B"))
                .run();

        ErasureResult result = second.erase().key("customer", NUMBER).run();

        assertThat(TRACES.below(folder.resolve(".mesh"))).isEmpty();
        Map<String, Map<Long, Long>> lost = new TreeMap<>();
        result.tables()
                .forEach(table -> lost.put(table.table().name() + " " + table.holds(), ErasureResult.rows(table)));
        assertThat(lost)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "shop_sales_v1 true", Map.of(1L, 1L),
                        "shop_sales_v1_quarantine true", Map.of(0L, 1L),
                        "shop_sales_v2 true", Map.of(2L, 1L),
                        "shop_sales_v2_quarantine true", Map.of(0L, 1L),
                        "shop_stock_v1 false", Map.of(),
                        "shop_stock_v2 false", Map.of()));
        assertVerified(second);
    }

    @Test
    void namesWhatItDoesNotReach() {
        Product product = shop.product("1.0.0", contract("", ""));
        publish(product, Mode.APPEND, records(HEADER, canary(1, "Bath"), "2,2,Bob,Bath"));
        product.publish()
                .runId("person-" + NUMBER)
                .input(records(HEADER, canary(3, "Bath")))
                .run();

        assertThat(erase(product, "CASE-1").mentions())
                .containsExactly("the manifest of release 2, and its run in the log");
    }

    @Test
    void goesOnAsBefore() {
        Product product = history();
        erase(product, "CASE-1");
        maintain(product, 1);

        publish(product, Mode.UPSERT, records(HEADER + ",note", "2,2,Bobby,Bath,n", "50,50,Zoe,Ely,n"));
        publish(product, Mode.OVERWRITE_PARTITIONS, records(HEADER + ",note", "60,60,Yve,York,n"));
        publish(product, Mode.OVERWRITE, records(HEADER + ",note", "70,70,Xi,Bath,n"));
        product.rollback(new ReleaseRef.Numbered(3));
        assertThat(rows(product)).isEqualTo(rows(product, 3)).hasSize(3);
        assertThat(product.diff(new ReleaseRef.Numbered(1), new ReleaseRef.Numbered(3))
                        .tables()
                        .get(0)
                        .changed())
                .isEqualTo(1);
        assertVerified(product);
    }

    @Test
    void findsNothingTheSecondTimeAndKeepsTheReceipt() {
        Product product = history();
        erase(product, "CASE-1");
        String receipt = receipt("CASE-1");
        List<Path> files = Shop.filesBelow(shop.warehouse());

        assertThat(erase(product, "CASE-2").found()).isFalse();

        assertThat(Shop.filesBelow(shop.warehouse()))
                .as("one more receipt")
                .containsAll(files)
                .hasSize(files.size() + 1);
        assertThat(erase(product, "CASE-1").found()).isTrue();
        assertThat(receipt("CASE-1").replaceFirst("\"at\":\"[^\"]*\"", ""))
                .isEqualTo(receipt.replaceFirst("\"at\":\"[^\"]*\"", ""))
                .contains("\"release\":3,\"rows\":2", "\"columns\":[\"person\"]");
    }

    private String receipt(String reference) {
        return io.lakemesh.document.Json.write(
                        new Releases(SHOP, shop.mesh().lakehouse().blobs())
                                .erasure(reference)
                                .orElseThrow())
                .replaceAll("\\s", "");
    }

    @Test
    void removesWhatKilledRunsLeftOnceItIsOld() throws IOException {
        Product product = history();
        Path data = shop.warehouse().resolve("retail/shop_sales_v1/data");
        Path some = Shop.filesBelow(data).stream()
                .filter(file -> TRACES.below(file).size() == 1)
                .findFirst()
                .orElseThrow();
        Path old = Files.copy(some, data.resolve(UUID.randomUUID() + "-00001.parquet"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path young = Files.copy(some, data.resolve(UUID.randomUUID() + "-00001.parquet"));

        ErasureResult result = erase(product, "CASE-1");

        assertThat(TRACES.below(folder.resolve(".mesh"))).containsExactly(young);
        assertThat(result.tables().get(0).young()).isEqualTo(1);
    }

    @Test
    void erasesFromAProductOfWhichNothingWasEverPublished() {
        Product product = shop.product("1.0.0", contract("", ""));
        PublishResult refused = product.publish()
                .input(records(
                        HEADER,
                        "x,00" + NUMBER + "," + NAME + ",Ely",
                        "y,1,Bob,Ely",
                        "z,1,Bob,Ely",
                        "u,1,Bob,Ely",
                        "v,1,Bob,Ely",
                        "w,1,Bob,Ely",
                        "t,1,Bob,Ely",
                        "s,1,Bob,Ely",
                        "r,1,Bob,Ely",
                        "q,1,Bob,Ely",
                        "p, " + NUMBER + " ,Bob,Ely"))
                .run();
        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);

        ErasureResult result = erase(product, "CASE-1");

        assertThat(ErasureResult.rows(result.tables().get(0))).isEqualTo(Map.of(0L, 1L));
        assertThat(setAside(product)).hasSize(10);
    }

    @Test
    void tellsWhatIsWrongWithAKeyWithoutItsValue() {
        Product product = history();
        assertThatThrownBy(() -> product.erase().key("persn", NUMBER).run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none of its tables has the key's column persn")
                .hasMessageContaining("person")
                .hasMessageNotContaining(NUMBER);
        assertThatThrownBy(() -> product.erase()
                        .key("person", NUMBER)
                        .reference("case-" + NUMBER)
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it holds the key's value")
                .hasMessageNotContaining(NUMBER);
        ErasureResult noNumber =
                product.erase().key("person", "' OR 1=1").reference("CASE-3").run();
        assertThat(noNumber.found()).isFalse();
        assertThat(noNumber.tables().get(0).fits()).isFalse();
    }

    @Test
    void everyColumnOfAKeyCounts() {
        Product product = history();
        Map<Long, List<String>> before = releases(product);

        ErasureResult none =
                product.erase().key("person", NUMBER).key("id", "2").run();
        ErasureResult one = product.erase()
                .key("person", NUMBER)
                .key("name", NAME)
                .key("id", "5")
                .run();

        assertThat(none.found()).isFalse();
        assertThat(one.found()).isTrue();
        Map<Long, List<String>> expected = new TreeMap<>();
        before.forEach((release, rows) -> expected.put(
                release, rows.stream().filter(row -> !row.startsWith("5,")).toList()));
        assertThat(releases(product)).isEqualTo(expected);
        assertVerified(product);
    }

    @Test
    void publishersBesideItAllSucceed() throws Exception {
        Product product = shop.product("1.0.0", contract(BY_TOWN, ""));
        for (int i = 1; i <= 10; i++) {
            publish(
                    product,
                    Mode.APPEND,
                    records(HEADER, i + "," + i + ",Bob,Bath", canary(100 + i, "Ely"), "x,1,A,B"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> publishers = new ArrayList<>();
            for (int thread = 1; thread <= 2; thread++) {
                int first = 1000 * thread;
                publishers.add(threads.submit(() -> {
                    for (int i = 0; i < 6; i++) {
                        String[] rows = {(first + i) + ",1,A,Rye", (1 + i) + ",1,B,Rye"};
                        publishAgain(product, rows);
                    }
                }));
            }
            erase(product, "CASE-1");
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
        } finally {
            threads.shutdownNow();
        }

        erase(product, "CASE-1");

        assertThat(rows(product)).hasSize(10 + 12).noneMatch(row -> row.contains(NUMBER));
        assertThat(product.history().latest().number()).isEqualTo(22);
        assertVerified(product);
        assertThat(TRACES.below(folder.resolve(".mesh"))).isEmpty();
    }

    @Test
    void releasesOfTwoTablesBesideItAreWhole() throws Exception {
        Product product = shop.product("1.0.0", Map.of("sales", contract("", ""), "stock", contract("", "")));
        for (int i = 1; i <= 4; i++) {
            publishBoth(product, i + "," + i + ",Bob,Bath", canary(100 + i, "Ely"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            Future<?> publisher = threads.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    publishBoth(product, (1000 + i) + ",1,A,Rye");
                }
            });
            while (!publisher.isDone()) {
                eraseIfNobodyPublishes(product);
                publishBoth(product, canary(1_000_000 + random.nextInt(1_000_000_000), "Ely"));
            }
            publisher.get();
        } finally {
            threads.shutdownNow();
        }

        erase(product, "CASE-2");

        for (String object : List.of("sales", "stock")) {
            assertThat(rows(product.read().object(object))).hasSize(4 + 10).noneMatch(row -> row.contains(NUMBER));
        }
        assertThat(findings(product)).isEmpty();
        // what publishers that were too late left is young, and goes with maintenance
        maintain(product, 1);
        assertThat(TRACES.below(folder.resolve(".mesh"))).isEmpty();
    }

    private static void eraseIfNobodyPublishes(Product product) {
        try {
            erase(product, "CASE-1");
        } catch (ConflictException e) {
            assertThat(e).hasMessageContaining("Cannot erase from");
        }
    }

    private static void publishBoth(Product product, String... rows) {
        for (int attempt = 1; ; attempt++) {
            try {
                product.publish()
                        .input("sales", records(HEADER, rows))
                        .input("stock", records(HEADER, rows))
                        .run();
                return;
            } catch (ConflictException e) {
                assertThat(attempt).isLessThan(10);
            }
        }
    }

    /** Whoever reads while files are removed is told to try again. */
    private static void publishAgain(Product product, String... rows) {
        for (int attempt = 1; ; attempt++) {
            try {
                publish(product, Mode.UPSERT, records(HEADER, rows));
                return;
            } catch (ConflictException e) {
                assertThat(e).hasMessageContaining("rows were erased from it").hasMessageEndingWith("try again");
                assertThat(attempt).isLessThan(5);
            }
        }
    }

    @Test
    void readersUnderWayAreToldToReadAgain() {
        Product product = history();
        try (var rows = product.read().release(8).rows()) {
            erase(product, "CASE-1");
            assertThatThrownBy(() -> rows.forEach(row -> {}))
                    .isInstanceOf(ConflictException.class)
                    .hasMessage("Cannot read table retail.shop_sales_v1: rows were erased from it, or the release has"
                            + " expired, meanwhile; try again");
        }
    }

    @Test
    void whereverItIsBrokenOffItGoesOnWhenAskedAgain() throws IOException {
        Path home = folder.resolve("home");
        Path saved = folder.resolve("saved");
        Map<Long, List<String>> before;
        try (Shop first = new Shop(home, config(home, plain(home)))) {
            Product product = first.product("1.0.0", contract("", ""));
            publish(product, Mode.APPEND, records(HEADER, canary(1, "Bath"), "2,2,Bob,Bath"));
            publish(product, Mode.APPEND, records(HEADER, canary(3, "Bath"), "x," + NUMBER + ",A,B"));
            publish(product, Mode.UPSERT, records(HEADER, "2,2,Bo,Bath"));
            before = withoutPerson(releases(product));
        }
        MaintenanceTest.copy(home, saved);
        int kill = 0;
        while (breaksOff(home, kill, before)) {
            MaintenanceTest.copy(saved, home);
            kill++;
        }
        assertThat(kill).isGreaterThan(30);
    }

    private static Map<String, String> plain(Path home) {
        return Map.of("location", home.resolve("warehouse").toString());
    }

    private static io.lakemesh.MeshConfig config(Path home, Map<String, String> warehouse) {
        return Shop.config(home, warehouse);
    }

    /** Whether the process ended before the erasure did. */
    private static boolean breaksOff(Path home, int kill, Map<Long, List<String>> expected) {
        Effects effects = new Effects();
        boolean killed = false;
        try (Shop dying = new Shop(home, config(home, effects.warehouse(home.resolve("warehouse"))))) {
            effects.killAfter(kill);
            erase(dying.mesh().product("retail/shop"), "CASE-1");
        } catch (Effects.Killed e) {
            killed = true;
        }
        try (Shop next = new Shop(home, config(home, plain(home)))) {
            Product product = next.mesh().product("retail/shop");
            assertThat(withoutPerson(releases(product)))
                    .as("killed after " + kill)
                    .isEqualTo(expected);
            assertThat(findings(product)).as("killed after " + kill).isEmpty();
            ErasureResult again = erase(product, "CASE-1");
            assertThat(again.found()).isTrue();
            assertThat(ErasureResult.rows(again.tables().get(0)))
                    .as("killed after " + kill)
                    .isEqualTo(Map.of(1L, 1L, 2L, 2L, 3L, 2L));
            assertThat(releases(product)).as("killed after " + kill).isEqualTo(expected);
            assertVerified(product);
            assertThat(TRACES.below(home.resolve("warehouse")))
                    .as("killed after " + kill)
                    .isEmpty();
        }
        return killed;
    }
}
