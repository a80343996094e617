package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Rows;
import io.lakemesh.cli.demo.Force;
import io.lakemesh.cli.demo.PoliceProducts;
import io.lakemesh.cli.demo.StopAndSearchSample;
import io.lakemesh.error.MeshException;
import io.lakemesh.history.Release;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.PublishResult;
import io.lakemesh.schema.Row;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publish that is killed, at any moment, and run again under its run id ends as if nothing had happened. */
class KilledPublishTest {
    private static final int KILLS = 20;
    private static final long ROWS = 5_000;

    @TempDir
    Path folder;

    @Test
    void aRepeatedRunGivesTheReleaseOfAnUndisturbedOne() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path product = PoliceProducts.write(folder.resolve("product"), Force.ESSEX.id());
        Path calm = Files.createDirectories(folder.resolve("calm"));
        Path disturbed = Files.createDirectories(folder.resolve("disturbed"));
        for (int release = 0; release <= KILLS; release++) {
            publish(product, calm, release);
        }
        long undisturbed = publishInAProcess(product, disturbed);

        try (Reader reader = new Reader(disturbed)) {
            int killed = 0;
            for (int release = 1; release <= KILLS; release++) {
                long moment = undisturbed / 4 + random.nextLong(undisturbed * 3 / 4);
                killed += killOnce(product, disturbed, release, moment) ? 1 : 0;
                publish(product, disturbed, release);
            }
            assertThat(killed).as("runs that were killed before they ended").isGreaterThan(KILLS / 2);
            assertThat(reader.failures()).isEmpty();
            assertThat(reader.reads()).isPositive();
            assertThat(reader.counts()).isSubsetOf(cumulatedRows(calm));
        }
        assertThat(releases(disturbed)).isEqualTo(releases(calm));
        try (Mesh mesh = mesh(disturbed)) {
            assertThat(product(mesh).verify(new ReleaseRef.Latest()).findings()).isEmpty();
        }
    }

    /** Publishes the first input; gives the time that a process takes for it, in milliseconds. */
    private long publishInAProcess(Path product, Path home) throws Exception {
        long started = System.nanoTime();
        assertThat(start(product, home, 0).waitFor()).as(output(home)).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }

    private boolean killOnce(Path product, Path home, int release, long afterMillis) throws Exception {
        Process process = start(product, home, release);
        boolean ended = process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private void publish(Path product, Path home, int release) throws IOException {
        try (Mesh mesh = mesh(home)) {
            PublishResult result = mesh.product(product)
                    .publish()
                    .input(input(release))
                    .runId("run-" + release)
                    .run();
            assertThat(result.release()).isEqualTo(release + 1L);
        }
    }

    private Path input(int release) throws IOException {
        Path input = folder.resolve("input-" + release + ".csv");
        if (Files.notExists(input)) {
            StopAndSearchSample.of(Force.ESSEX, YearMonth.of(2020, 1))
                    .withRows(ROWS)
                    .withSeed(release)
                    .writeTo(input);
        }
        return input;
    }

    private Process start(Path product, Path home, int release) throws IOException {
        return new ProcessBuilder(MeshProcess.command(
                        List.of(),
                        List.of(
                                "publish",
                                product.toString(),
                                "--input",
                                input(release).toString(),
                                "--run-id",
                                "run-" + release)))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(home.toFile(), "output"))
                .start();
    }

    private static String output(Path home) throws IOException {
        return Files.readString(home.resolve("output"));
    }

    private static Mesh mesh(Path home) {
        return Mesh.open(MeshConfig.embedded(home));
    }

    private static Product product(Mesh mesh) {
        return mesh.product(mesh.products().get(0).toString());
    }

    /** Every release: number, run, how many rows, and a sum over the hashes of its rows, which have no order. */
    private static List<String> releases(Path home) {
        try (Mesh mesh = mesh(home)) {
            Product product = product(mesh);
            List<String> releases = new ArrayList<>();
            for (Release release : product.history().all()) {
                releases.add(release.number() + " " + release.manifest().runId() + " " + content(product, release));
            }
            return releases;
        }
    }

    private static String content(Product product, Release release) {
        long count = 0;
        long sum = 0;
        try (Rows rows = product.read().release(release.number()).rows()) {
            for (Row row : rows) {
                count++;
                sum += row.values().toString().hashCode() * 0x9E3779B97F4A7C15L;
            }
        }
        return count + " " + sum;
    }

    private static List<Long> cumulatedRows(Path home) {
        try (Mesh mesh = mesh(home)) {
            return product(mesh).history().all().stream()
                    .map(release -> release.manifest().tables().get(0).rows())
                    .toList();
        }
    }

    /** Reads the newest release over and over while others write. */
    private static final class Reader implements AutoCloseable {
        private final Queue<Long> counts = new ConcurrentLinkedQueue<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Thread thread;
        private volatile boolean stopped;

        Reader(Path home) {
            this.thread = new Thread(() -> read(home), "reader");
            thread.start();
        }

        private void read(Path home) {
            try (Mesh mesh = mesh(home)) {
                while (!stopped) {
                    try (Stream<Row> rows = product(mesh).read().columns("outcome").rows().stream()) {
                        counts.add(rows.count());
                    }
                }
            } catch (MeshException e) {
                failures.add(e.toString());
            }
        }

        List<Long> counts() {
            return List.copyOf(counts);
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        int reads() {
            return counts.size();
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
