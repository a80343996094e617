package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.run.OpenRelease;
import io.lakemesh.run.OpenRelease.State;
import io.lakemesh.run.PublishResult;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed between the tables of a release left is finished or undone, by whoever comes first. */
class RepairTest {
    private static final Map<String, String> OBJECTS = Map.of("sales", Shop.SALES, "stock", Shop.SALES);

    @TempDir
    Path folder;

    /** A publish to both tables is killed before each of its last effects, the commits among them. */
    @Test
    void isToldOfAndFinished() {
        long all = interrupt(folder.resolve("whole"), Long.MAX_VALUE);
        Set<State> seen = EnumSet.noneOf(State.class);
        for (long effects = all - 18; effects < all; effects++) {
            Path home = folder.resolve("after-" + effects);
            interrupt(home, effects);
            try (Shop shop = new Shop(home)) {
                List<OpenRelease> open = shop.mesh().lakehouse().openReleases();
                open.forEach(release -> seen.add(release.state()));
                assertThat(open)
                        .allMatch(release -> release.equals(
                                new OpenRelease(new ProductAddress("retail", "shop"), 2, "second", release.state())));

                assertThat(shop.mesh().lakehouse().repair())
                        .extracting(OpenRelease::state)
                        .isEqualTo(open.stream().map(RepairTest::repaired).toList());

                assertThat(shop.mesh().lakehouse().openReleases())
                        .allMatch(release -> release.state() == State.NOT_BEGUN);
                requireWhole(shop);
            }
        }
        assertThat(seen).contains(State.NOT_BEGUN, State.BROKEN_OFF);
    }

    private static State repaired(OpenRelease release) {
        return release.state() == State.BROKEN_OFF ? State.FINISHED : release.state();
    }

    /** Publishes two releases, the second of which is killed after so many effects; gives how many it had. */
    private static long interrupt(Path home, long effectsLeft) {
        Effects effects = new Effects();
        try (Shop shop = new Shop(
                home, Shop.config(home.resolve(".mesh"), effects.warehouse(home.resolve(".mesh/warehouse"))))) {
            publish(product(shop), "first", "1,Bath,10");
            long before = effects.count();
            effects.killAfter(effectsLeft);
            try {
                publish(product(shop), "second", "2,York,20");
            } catch (Effects.Killed expected) {
                assertThat(effectsLeft).isLessThan(Long.MAX_VALUE);
            }
            return effects.count() - before;
        }
    }

    private static Product product(Shop shop) {
        return shop.product("1.0.0", OBJECTS);
    }

    private static PublishResult publish(Product product, String run, String row) {
        return product.publish()
                .runId(run)
                .input("sales", sales(row))
                .input("stock", sales(row))
                .run();
    }

    private static void requireWhole(Shop shop) {
        Product product = shop.mesh().product("retail/shop");
        List<String> sales = Shop.rows(product.read().object("sales"));
        List<String> stock = Shop.rows(product.read().object("stock"));
        assertThat(stock).isEqualTo(sales).isIn(List.of("1,Bath,10"), List.of("1,Bath,10", "2,York,20"));
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void whatCannotBeFinishedIsUndoneByManyAtOnceAndNobodysReleaseWithIt() throws Exception {
        Path home = breakBetweenTables();
        try (Shop shop = new Shop(home);
                Foreign foreign = new Foreign(shop)) {
            Product product = product(shop);
            foreign.table("shop_stock_v1")
                    .updateProperties()
                    .set("owner", "somebody")
                    .commit();

            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Callable<Object>> tasks = IntStream.range(0, 6)
                        .<Callable<Object>>mapToObj(task -> () -> task % 2 == 0
                                ? shop.mesh().lakehouse().repair()
                                : publish(product, "later-" + task, (10 + task) + ",Ely,30"))
                        .toList();
                for (Future<Object> done : threads.invokeAll(tasks)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(shop.mesh().lakehouse().openReleases()).isEmpty();
            for (String object : OBJECTS.keySet()) {
                assertThat(Shop.rows(product.read().object(object)))
                        .containsExactly("1,Bath,10", "11,Ely,30", "13,Ely,30", "15,Ely,30");
            }
            assertThat(product.history().all()).hasSize(4);
            assertThat(Shop.findings(product)).isEmpty();
        }
    }

    /** A mesh whose second release one table has and the other has not. */
    private Path breakBetweenTables() {
        long all = interrupt(folder.resolve("whole"), Long.MAX_VALUE);
        for (long effects = all - 1; effects > 0; effects--) {
            Path home = folder.resolve("after-" + effects);
            interrupt(home, effects);
            try (Shop shop = new Shop(home)) {
                if (shop.mesh().lakehouse().openReleases().stream()
                        .anyMatch(release -> release.state() == State.BROKEN_OFF)) {
                    return home;
                }
            }
        }
        throw new AssertionError("no effect lies between the commits of two tables");
    }
}
