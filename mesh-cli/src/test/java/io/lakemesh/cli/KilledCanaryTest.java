package io.lakemesh.cli;

import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static io.lakemesh.testkit.canary.CanaryProduct.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.canary.CanaryProduct;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publish that the system kills leaves no value of a protected column, in whichever file. Its rows come through a pipe that is not
 * closed before, so that it is in their middle.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class KilledCanaryTest {
    private static final int KILLED = 128 + 9;
    private static final int MANY_ROWS = 2_000_000;
    private static final long MUCH = 1 << 18;

    @TempDir
    Path folder;

    private MeshProcess mesh;
    private Path product;
    private Path pipe;

    @BeforeEach
    void prepare() throws Exception {
        mesh = MeshProcess.in(folder.resolve("mesh"), "keys: { location: keys }\n");
        assertThat(mesh.run("keys", "create", "retail")).isZero();
        product = product(CanaryProduct.contract());
        pipe = folder.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    private Path product(String contract) {
        return ProductFiles.describe(folder.resolve("product"), "retail", "shop", "1.0.0", Map.of("sales", contract));
    }

    /** The files below a folder in which others come and go. */
    private static Stream<File> files(File place) {
        File[] inside = place.listFiles();
        return inside == null ? Stream.of(place) : Stream.of(inside).flatMap(KilledCanaryTest::files);
    }

    /** Some rows of each kind: good, set aside at once, and broken. */
    private static void write(PrintWriter rows, int from) {
        for (int id = from; id < from + 1_000; id += 4) {
            rows.println(row(id));
            rows.println(row(id + 1, "", "1"));
            rows.println(row(id + 2, "Bath", "x"));
            rows.println(row(id + 3) + ",qanary");
        }
    }

    private static PrintWriter open(Path pipe) throws IOException {
        PrintWriter rows = new PrintWriter(Files.newOutputStream(pipe), false, StandardCharsets.UTF_8);
        rows.println(CanaryProduct.header());
        return rows;
    }

    private Process start() throws IOException {
        return mesh.start("publish", product, "--input", pipe, "--verbose");
    }

    /** Feeds a publish with rows until something holds, then kills it. */
    private void killOnce(BooleanSupplier enough) throws Exception {
        Process process = start();
        try (PrintWriter rows = open(pipe)) {
            int written = 0;
            do {
                write(rows, written);
                written += 1_000;
            } while (!enough.getAsBoolean() && written < MANY_ROWS);
            assertThat(enough.getAsBoolean()).isTrue();
            kill(process);
        }
    }

    private void kill(Process process) throws Exception {
        assertThat(process.isAlive()).as(mesh.last()).isTrue();
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(KILLED);
    }

    private boolean leftTemporaryFiles() {
        return files(mesh.temporary().toFile())
                .anyMatch(file -> file.getName().endsWith(".spill") && file.length() >= MUCH);
    }

    /** Holds the catalog's lock while the publish commits, once it has written what it wants to commit. */
    private void killInTheCommit() throws Exception {
        assertThat(mesh.run("publish", product, "--input", firstRows())).isZero();
        long data = written(".parquet");
        long metadata = written(".metadata.json");
        Process process = start();
        try (Connection catalog =
                        DriverManager.getConnection("jdbc:sqlite:" + mesh.home().resolve(".mesh/catalog.db"));
                Statement statement = catalog.createStatement()) {
            try (PrintWriter rows = open(pipe)) {
                write(rows, 1_000);
                statement.execute("BEGIN IMMEDIATE");
            }
            while (process.isAlive() && written(".metadata.json") == metadata) {
                Thread.onSpinWait();
            }
            kill(process);
        }
        assertThat(written(".parquet")).isGreaterThan(data);
    }

    private Path firstRows() {
        return ProductFiles.write(
                folder.resolve("first.csv"),
                CanaryProduct.header() + "\n" + row(1) + "\n" + row(2, "Bath", "x") + "\n");
    }

    /** How many files the warehouse has that were written to their end. */
    private long written(String ending) {
        return files(mesh.home().resolve(".mesh/warehouse/retail").toFile())
                .filter(file -> file.getName().endsWith(ending))
                .count();
    }

    private List<Path> traces() {
        return Stream.of(mesh.home(), mesh.temporary(), mesh.shown())
                .flatMap(place -> TRACES.below(place).stream())
                .toList();
    }

    @Test
    void atTheFirstRows() throws Exception {
        killOnce(() -> true);
        assertThat(traces()).isEmpty();
    }

    @Test
    void withManyRowsInTemporaryFiles() throws Exception {
        killOnce(this::leftTemporaryFiles);
        assertThat(leftTemporaryFiles()).isTrue();
        assertThat(traces()).isEmpty();
    }

    @Test
    void inTheMiddleOfTheCommit() throws Exception {
        killInTheCommit();
        assertThat(traces()).isEmpty();
    }

    @Test
    void withoutProtectionThereAreTraces() throws Exception {
        product = product(CanaryProduct.openContract());
        killOnce(this::leftTemporaryFiles);
        assertThat(TRACES.below(mesh.temporary())).isNotEmpty();
        killInTheCommit();
        assertThat(TRACES.below(mesh.home())).isNotEmpty();
        assertThat(TRACES.below(mesh.shown())).isEmpty();
    }
}
