package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.error.ConflictException;
import io.lakemesh.history.Release;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Many processes publish at once: each run once or not at all, none upon what it has not seen. */
class ManyWritersTest {
    private static final int WRITERS = 8;
    private static final int PRODUCTS = 50;
    private static final ModelContract CONTRACT = ModelContract.CHAIN.get(0);

    /** A run, and the rows that it gives to each object. */
    private record Input(String run, Mode mode, Map<String, List<List<String>>> rows) {}

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Writers {
        private final Surroundings surroundings;

        @TempDir
        Path folder;

        Writers(Catalogs catalogs) {
            this.surroundings = new Surroundings(Storage.LOCAL, catalogs);
        }

        @AfterAll
        void stop() {
            surroundings.close();
        }

        @Test
        void eightRunsOfOneProductAreEightReleases() {
            List<Input> inputs = IntStream.range(0, WRITERS)
                    .mapToObj(run -> new Input("run-" + run, Mode.APPEND, Map.of("sales", rows(run * 100, 5, "Bath"))))
                    .toList();

            Set<String> published = race(List.of("sales"), false, inputs);

            requireSerial(List.of("sales"), false, inputs, published);
            try (Shop shop = shop("reader")) {
                assertThat(Shop.rows(product(shop, List.of("sales"), false))).hasSize(5 * published.size());
            }
        }

        @Test
        void modesMixLikeRunsInARow() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<Input> inputs = IntStream.range(0, 3 * WRITERS)
                    .mapToObj(run -> new Input(
                            "run-" + run,
                            List.of(Mode.values()).get(random.nextInt(4)),
                            Map.of("sales", rows(random.nextInt(20), 3, random.nextBoolean() ? "Bath" : "York"))))
                    .toList();
            System.out.println("modes mix: seed " + seed);

            requireSerial(List.of("sales"), true, inputs, race(List.of("sales"), true, inputs));
        }

        @Test
        void releasesOfTwoPortsAreWholeWhileOthersAreMade() throws Exception {
            List<String> objects = List.of("sales", "stock");
            List<Input> inputs = IntStream.range(0, WRITERS)
                    .mapToObj(run -> new Input(
                            "run-" + run,
                            Mode.OVERWRITE,
                            Map.of("sales", rows(run * 100, 2, "Bath"), "stock", rows(run * 100, 2, "York"))))
                    .toList();
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService reading = Executors.newSingleThreadExecutor();
            try (Shop shop = shop("reader")) {
                Future<Integer> reader = reading.submit(() -> readWhole(product(shop, objects, false), done));

                Set<String> published = race(objects, false, inputs);

                done.set(true);
                assertThat(reader.get(1, TimeUnit.MINUTES)).as("reads").isPositive();
                requireSerial(objects, false, inputs, published);
            } finally {
                done.set(true);
                reading.shutdown();
            }
        }

        /** Reads both ports of the newest release, again and again. */
        private static int readWhole(Product product, AtomicBoolean done) {
            int reads = 0;
            while (!done.get() || reads == 0) {
                if (product.findHistory().isPresent()) {
                    long release = product.history().latest().number();
                    assertThat(ids(product, "sales", release)).hasSize(2).isEqualTo(ids(product, "stock", release));
                    reads++;
                }
            }
            return reads;
        }

        private static List<String> ids(Product product, String object, long release) {
            return Shop.rows(product.read().object(object).release(release)).stream()
                    .map(row -> row.replaceFirst(",.*", ""))
                    .toList();
        }

        @Test
        void oneRunIdAtOnceIsPublishedOnce() {
            List<Callable<PublishResult>> executions = new ArrayList<>();
            Input input = new Input("january", Mode.APPEND, Map.of("sales", rows(0, 5, "Bath")));
            for (int process = 0; process < WRITERS; process++) {
                String name = "process-" + process;
                executions.add(() -> {
                    try (Shop shop = shop(name)) {
                        return publish(product(shop, List.of("sales"), false), input);
                    }
                });
            }

            List<PublishResult> results = atOnce(executions);

            assertThat(results).extracting(PublishResult::release).containsOnly(1L);
            assertThat(results).extracting(PublishResult::outcome).containsOnlyOnce(Outcome.PUBLISHED);
            try (Shop shop = shop("reader")) {
                Product product = product(shop, List.of("sales"), false);
                assertThat(Shop.rows(product)).hasSize(5);
                assertThat(Shop.findings(product)).isEmpty();
            }
        }

        @Test
        void fiftyProductsAtOnceDoNotMeet() {
            List<Callable<PublishResult>> executions = new ArrayList<>();
            try (Mesh mesh = Mesh.open(config())) {
                for (int i = 0; i < PRODUCTS; i++) {
                    Path home = ProductFiles.describe(
                            folder.resolve("product-" + i),
                            "retail",
                            "shop" + i,
                            "1.0.0",
                            Map.of("sales", CONTRACT.yaml(false)));
                    List<List<String>> rows = rows(i, i % 7 + 1, "Bath");
                    executions.add(() ->
                            publish(mesh.product(home), new Input("january", Mode.APPEND, Map.of("sales", rows))));
                }

                List<PublishResult> results = atOnce(executions);

                assertThat(results).allSatisfy(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
                    assertThat(result.release()).isEqualTo(1);
                });
                assertThat(mesh.products()).hasSize(PRODUCTS);
                for (int i = 0; i < PRODUCTS; i++) {
                    assertThat(Shop.rows(mesh.product("retail/shop" + i))).hasSize(i % 7 + 1);
                }
            }
        }

        /** Runs each input once, as one of eight processes; gives the runs that were published. */
        private Set<String> race(List<String> objects, boolean partitioned, List<Input> inputs) {
            List<Callable<List<String>>> processes = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int process = i;
                processes.add(() -> {
                    List<String> published = new ArrayList<>();
                    try (Shop shop = shop("process-" + process)) {
                        Product product = product(shop, objects, partitioned);
                        for (int run = process; run < inputs.size(); run += WRITERS) {
                            if (outcome(product, inputs.get(run)) == Outcome.PUBLISHED) {
                                published.add(inputs.get(run).run());
                            }
                        }
                    }
                    return published;
                });
            }
            return atOnce(processes).stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
        }

        private static Outcome outcome(Product product, Input input) {
            try {
                return publish(product, input).outcome();
            } catch (ConflictException e) {
                assertThat(e).hasMessageContaining("published first");
                return Outcome.REFUSED;
            }
        }

        private static PublishResult publish(Product product, Input input) {
            var run = product.publish().runId(input.run()).mode(input.mode());
            input.rows().forEach((object, rows) -> run.input(object, CONTRACT.source(rows)));
            return run.run();
        }

        /** What was published is what these runs give one after the other, in the order of their releases. */
        private void requireSerial(
                List<String> objects, boolean partitioned, List<Input> inputs, Set<String> published) {
            Map<String, Input> byRun = inputs.stream().collect(Collectors.toMap(Input::run, input -> input));
            Model model = new Model(objects, partitioned);
            try (Shop shop = shop("checker")) {
                Product product = product(shop, objects, partitioned);
                List<Release> releases = new ArrayList<>(product.history().all());
                java.util.Collections.reverse(releases);
                assertThat(releases)
                        .extracting(release -> release.manifest().runId())
                        .doesNotHaveDuplicates()
                        .hasSameElementsAs(published);
                for (Release release : releases) {
                    Input input =
                            Objects.requireNonNull(byRun.get(release.manifest().runId()));
                    assertThat(model.publish(input.run(), CONTRACT, input.mode(), input.rows()))
                            .isEqualTo(Outcome.PUBLISHED);
                    assertThat(release.number()).isEqualTo(model.releases.size());
                    for (String object : objects) {
                        assertThat(Shop.rows(product.read().object(object).release(release.number())))
                                .as("release %d, by %s", release.number(), input)
                                .isEqualTo(model.texts(model.releases.size(), object));
                    }
                }
                assertThat(Shop.findings(product)).isEmpty();
            }
        }

        private Product product(Shop shop, List<String> objects, boolean partitioned) {
            return shop.product(
                    CONTRACT.version(),
                    objects.stream().collect(Collectors.toMap(object -> object, object -> CONTRACT.yaml(partitioned))));
        }

        private MeshConfig config() {
            return surroundings.mesh(folder);
        }

        private Shop shop(String process) {
            return new Shop(folder.resolve(process), config());
        }
    }

    private static List<List<String>> rows(int firstId, int count, String town) {
        return IntStream.range(firstId, firstId + count)
                .mapToObj(id -> List.of("" + id, town, "10"))
                .toList();
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> task : threads.invokeAll(tasks)) {
                results.add(task.get(5, TimeUnit.MINUTES));
            }
            return results;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Nested
    class OnSqlite extends Writers {
        OnSqlite() {
            super(Catalogs.SQLITE);
        }
    }

    @Nested
    @Tag("server")
    class OnPostgres extends Writers {
        OnPostgres() {
            super(Catalogs.POSTGRES);
        }
    }

    @Nested
    @Tag("server")
    class OnRest extends Writers {
        OnRest() {
            super(Catalogs.REST);
        }
    }
}
