package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.MeshConfig;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Whatever happens to a product in whatever order, processes that end in the middle of it included, it is what a trivial model
 * says. The property {@code lakemesh.model.seed} repeats a sequence, {@code lakemesh.model.sequences} says how many there are; there are many
 * more with {@code lakemesh.night=true}.
 */
@ExtendWith(Quiet.class)
class ModelTest {
    private static final boolean NIGHT = Boolean.getBoolean("lakemesh.night");
    private static final int STEPS = 30;

    /** So many sequences have some of everything. */
    private static final int ENOUGH = 30;

    /** More than there are cores: Iceberg's pools take naps. */
    private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

    @Nested
    class OnSqlite extends OnCatalog {
        OnSqlite() {
            super(Catalogs.SQLITE, 35, 3000);
        }
    }

    @Nested
    @Tag("server")
    class OnPostgres extends OnCatalog {
        OnPostgres() {
            super(Catalogs.POSTGRES, 5, 100);
        }
    }

    @Nested
    @Tag("server")
    class OnRest extends OnCatalog {
        OnRest() {
            super(Catalogs.REST, 5, 100);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OnCatalog {
        private final Catalogs catalogs;
        private final int day;
        private final int night;
        private final AtomicInteger folders = new AtomicInteger();
        private final AtomicInteger kills = new AtomicInteger();
        private final AtomicInteger expired = new AtomicInteger();
        private final AtomicInteger compacted = new AtomicInteger();

        @TempDir(factory = Memory.class)
        Path folder;

        /** So many sequences a test, if nobody says how many. */
        OnCatalog(Catalogs catalogs, int day, int night) {
            this.catalogs = catalogs;
            this.day = day;
            this.night = night;
        }

        @Test
        void aProductOfOneObjectIsWhatTheModelSays() throws Exception {
            run(List.of("sales"));
        }

        @Test
        void aProductOfTwoObjectsIsWhatTheModelSays() throws Exception {
            run(List.of("sales", "stock"));
        }

        private void run(List<String> objects) throws Exception {
            long seed = Long.getLong("lakemesh.model.seed", System.nanoTime());
            int sequences = Integer.getInteger("lakemesh.model.sequences", NIGHT ? night : day);
            List.of(kills, expired, compacted).forEach(count -> count.set(0));
            ForkJoinPool threads = new ForkJoinPool(THREADS);
            try {
                threads.submit(() -> LongStream.range(seed, seed + sequences)
                                .parallel()
                                .forEach(each -> check(each, objects)))
                        .get();
            } finally {
                threads.shutdownNow();
                // those that are under way need the folder
                threads.awaitTermination(1, TimeUnit.MINUTES);
            }
            System.out.printf(
                    "model: %d sequences from seed %d on %s, %s processes were killed, %s releases expired, %s files put together%n",
                    sequences, seed, catalogs, kills, expired, compacted);
            if (sequences >= ENOUGH) {
                assertThat(List.of(kills, expired, compacted))
                        .as("processes killed, releases expired, files put together")
                        .allSatisfy(count -> assertThat(count.get()).isPositive());
            }
        }

        private void check(long seed, List<String> objects) {
            Random random = new Random(seed);
            boolean partitioned = random.nextBoolean();
            check(seed, ModelStep.sequence(random, STEPS, objects), objects, partitioned);
        }

        private void check(long seed, List<ModelStep> steps, List<String> objects, boolean partitioned) {
            Failure failure = failure(steps, objects, partitioned);
            if (failure != null) {
                Failure shortest = shortest(failure, objects, partitioned);
                throw new AssertionError(
                        "The lakehouse is not what the model says (-Dlakemesh.model.seed=" + seed
                                + " -Dlakemesh.model.sequences=1, partitioned: " + partitioned + ") after\n"
                                + shortest.text(),
                        shortest.cause());
            }
        }

        /** Some steps, the last of which failed. */
        private record Failure(List<ModelStep> steps, Throwable cause) {
            String text() {
                StringBuilder text = new StringBuilder();
                steps.forEach(step -> text.append("  ").append(step).append('\n'));
                return text.append(cause).toString();
            }
        }

        /** What fails when the steps are taken one after the other. */
        private @Nullable Failure failure(List<ModelStep> steps, List<String> objects, boolean partitioned) {
            Path home = newFolder();
            try (Surroundings surroundings = new Surroundings(Storage.LOCAL, catalogs);
                    ModelRun run = new ModelRun(home, config(home, surroundings), objects, partitioned)) {
                for (int i = 0; i < steps.size(); i++) {
                    try {
                        run.take(steps.get(i));
                    } catch (RuntimeException | AssertionError e) {
                        return new Failure(steps.subList(0, i + 1), e);
                    }
                }
                kills.addAndGet(run.kills);
                expired.addAndGet(run.upkeep.expired);
                compacted.addAndGet(run.upkeep.compacted);
                return null;
            } finally {
                delete(home);
            }
        }

        /** Leaves out each step without which something fails all the same. */
        private Failure shortest(Failure found, List<String> objects, boolean partitioned) {
            Failure shortest = found;
            for (int i = found.steps().size() - 2; i >= 0; i--) {
                List<ModelStep> fewer = new ArrayList<>(shortest.steps());
                fewer.remove(i);
                Failure again = failure(fewer, objects, partitioned);
                shortest = again == null ? shortest : again;
                i = Math.min(i, shortest.steps().size() - 1);
            }
            return shortest;
        }

        private static Function<Effects, MeshConfig> config(Path home, Surroundings surroundings) {
            Map<String, String> catalog = surroundings.mesh(home).catalog();
            return effects -> Shop.config(home, catalog, effects.warehouse(home.resolve("warehouse")));
        }

        private Path newFolder() {
            try {
                return Files.createDirectory(folder.resolve("sequence-" + folders.incrementAndGet()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path home) {
            try (var files = Files.walk(home)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Spares the disk a flush for every small file, where there is a file system in memory. */
    static final class Memory implements TempDirFactory {
        private static final Path DISK = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws Exception {
            return Files.isWritable(DISK)
                    ? Files.createTempDirectory(DISK, "model")
                    : TempDirFactory.Standard.INSTANCE.createTempDirectory(element, context);
        }
    }
}
