package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.iceberg.Strays;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.run.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is broken off before or after any of its effects leaves the old release or the new one, whole; the same run ends it,
 * other runs go on, and maintenance removes what is left over.
 *
 * <p>The points are counted in a run that is left alone, so that a new effect is a new point. With {@code -Dlakemesh.night=true}
 * random runs are broken off too; {@code -Dlakemesh.crash.seed} repeats one of them.
 */
@ExtendWith(Quiet.class)
class CrashTest {
    private static final boolean NIGHT = Boolean.getBoolean("lakemesh.night");
    private static final int RANDOM_RUNS = 20;

    @Nested
    class OnSqlite extends OnCatalog {
        OnSqlite() {
            super(Catalogs.SQLITE);
        }

        /** No finally, no hook, no buffer of the Java machine has a say. */
        @Test
        void anAppendOfAProcessThatTheSystemKills() {
            breakOffEverywhere(Crash.APPEND, (home, point) -> {
                try (Shop shop = home.open(new Effects())) {
                    Crash.APPEND.prepare(Crash.APPEND.product(shop));
                }
                assertThat(KilledProcess.run(home.folder(), home.domain(), point))
                        .isEqualTo(KilledProcess.KILLED);
            });
        }
    }

    @Nested
    @Tag("server")
    class OnPostgres extends OnCatalog {
        OnPostgres() {
            super(Catalogs.POSTGRES);
        }
    }

    @Nested
    @Tag("server")
    class OnRest extends OnCatalog {
        OnRest() {
            super(Catalogs.REST);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OnCatalog {
        private final boolean embedded;
        private final Surroundings surroundings;
        private final AtomicInteger homes = new AtomicInteger();

        @TempDir(factory = ModelTest.Memory.class)
        Path folder;

        OnCatalog(Catalogs catalogs) {
            this.embedded = catalogs == Catalogs.SQLITE;
            this.surroundings = new Surroundings(Storage.LOCAL, catalogs);
        }

        @AfterAll
        void stop() {
            surroundings.close();
        }

        @Test
        void aFirstRelease() {
            breakOffEverywhere(Crash.FIRST_RELEASE);
        }

        @Test
        void anAppend() {
            breakOffEverywhere(Crash.APPEND);
        }

        @Test
        void aFirstReleaseOfTwoPorts() {
            assumeTrue(embedded || NIGHT, "for a night: what it adds does not depend on the catalog");
            breakOffEverywhere(Crash.FIRST_RELEASE_OF_TWO);
        }

        @Test
        void anUpsertOfTwoPorts() {
            breakOffEverywhere(Crash.UPSERT_OF_TWO);
        }

        @Test
        void aRefusedRun() {
            breakOffEverywhere(Crash.REFUSED);
        }

        @Test
        void randomRunsAtNight() {
            long seed = Long.getLong("lakemesh.crash.seed", System.nanoTime());
            boolean one = System.getProperty("lakemesh.crash.seed") != null;
            assumeTrue(one || NIGHT, "for a night");
            int runs = one ? 1 : RANDOM_RUNS;
            LongStream.range(seed, seed + runs).forEach(each -> {
                try {
                    breakOffEverywhere(Crash.random(each));
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("-Dlakemesh.crash.seed=" + each + ": " + e.getMessage(), e);
                }
            });
        }

        void breakOffEverywhere(Crash crash) {
            breakOffEverywhere(crash, (home, point) -> breakOff(crash, home, point));
        }

        /** Prepares the product and breaks the run off at a point of it. */
        interface BreakOff {
            void at(Home home, long point);
        }

        void breakOffEverywhere(Crash crash, BreakOff breakOff) {
            Undisturbed undisturbed = undisturbed(crash);
            assertThat(undisturbed.points()).as("points of " + crash).isGreaterThanOrEqualTo(25);
            LongStream.range(0, undisturbed.points()).parallel().forEach(point -> {
                try {
                    Home home = home();
                    breakOff.at(home, point);
                    home.assertGoesOn(crash, undisturbed);
                    home.delete();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "broken off at point " + point + " of " + undisturbed.points() + ": " + e, e);
                }
            });
            System.out.printf("crash: %d points of %s%n", undisturbed.points(), crash);
        }

        /** What a run does that nothing disturbs. */
        record Undisturbed(
                Crash.State before, Crash.State after, Outcome outcome, List<String> quarantined, long points) {}

        private Undisturbed undisturbed(Crash crash) {
            Home home = home();
            Effects effects = new Effects();
            try (Shop shop = home.open(effects)) {
                Product product = crash.product(shop);
                crash.prepare(product);
                Crash.State before = crash.state(product);
                long points = effects.count();
                PublishResult result = crash.run(product);
                points = effects.count() - points;
                return new Undisturbed(
                        before, crash.state(product), result.outcome(), Crash.quarantined(product), points);
            } finally {
                home.delete();
            }
        }

        private static void breakOff(Crash crash, Home home, long point) {
            Effects effects = new Effects();
            try (Shop shop = home.open(effects)) {
                Product product = crash.product(shop);
                crash.prepare(product);
                effects.killAfter(point);
                assertThatThrownBy(() -> crash.run(product)).isInstanceOf(Effects.Killed.class);
            }
        }

        private Home home() {
            String name = "home" + homes.incrementAndGet();
            Path home = folder.resolve(name);
            return new Home(home, surroundings.mesh(embedded ? home : folder).catalog(), name);
        }

        /** Where one run is broken off: a domain and a warehouse of its own. */
        record Home(Path folder, Map<String, String> catalog, String domain) {
            Shop open(Effects effects) {
                return new Shop(folder, config(effects.warehouse(folder.resolve("warehouse"))), domain);
            }

            private MeshConfig config(Map<String, String> warehouse) {
                return Shop.config(folder, catalog, warehouse);
            }

            void assertGoesOn(Crash crash, Undisturbed undisturbed) {
                Effects effects = new Effects();
                try (Shop shop = open(effects)) {
                    Product product = crash.product(shop);
                    assertThat(crash.state(product)).isIn(undisturbed.before(), undisturbed.after());
                    product.findHistory().ifPresent(history -> assertThat(Shop.findings(product))
                            .isEmpty());
                    assertThat(crash.run(product).outcome()).isIn(undisturbed.outcome(), Outcome.UNCHANGED);
                    assertThat(crash.state(product)).isEqualTo(undisturbed.after());
                    assertThat(Crash.quarantined(product)).isEqualTo(undisturbed.quarantined());
                    assertThat(crash.next(product).release())
                            .isEqualTo(undisturbed.after().release() + 1);
                    Crash.State next = crash.state(product);
                    assertThat(shop.mesh().lakehouse().blobs().list("intents/")).isEmpty();
                    maintain(shop, product);
                    assertThat(Strays.of(
                                    config(Map.of(
                                            "location",
                                            folder.resolve("warehouse").toString())),
                                    domain))
                            .isEmpty();
                    assertThat(crash.state(product)).isEqualTo(next);
                    assertThat(Shop.findings(product)).isEmpty();
                }
            }

            /** Once the grace has passed. */
            private void maintain(Shop shop, Product product) {
                FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
                for (Path file : Shop.filesBelow(folder.resolve("warehouse"))) {
                    try {
                        Files.setLastModifiedTime(file, old);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
                shop.mesh()
                        .lakehouse()
                        .maintain(new Upkeep(
                                product.address(),
                                Set.of(1L, 2L, 3L),
                                Set.of(),
                                Duration.ofDays(1),
                                false,
                                "tester",
                                Instant.now()));
            }

            void delete() {
                Shop.filesBelow(folder).forEach(file -> file.toFile().delete());
            }
        }
    }
}
