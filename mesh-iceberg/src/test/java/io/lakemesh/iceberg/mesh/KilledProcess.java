package io.lakemesh.iceberg.mesh;

import io.lakemesh.iceberg.Effects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java machine that runs {@link Crash#APPEND} in a shop on a SQLite catalog, and is killed by the system at a point of it. */
final class KilledProcess {
    /** What the shell says of a process that got SIGKILL. */
    static final int KILLED = 128 + 9;

    private KilledProcess() {}

    /** Runs it to its end; gives its exit value. */
    static int run(Path home, String domain, long point) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                home.toString(),
                domain,
                Long.toString(point));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("killed.log").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the process did not come to point " + point);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Arguments are the shop's folder, its domain, and the point. */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        Effects effects = new Effects();
        effects.dieBy(KilledProcess::die);
        try (Shop shop = new Shop(
                home, Shop.config(home, catalog(home), effects.warehouse(home.resolve("warehouse"))), arguments[1])) {
            var product = Crash.APPEND.product(shop);
            effects.killAfter(Long.parseLong(arguments[2]));
            Crash.APPEND.run(product);
        }
    }

    static Map<String, String> catalog(Path home) {
        return Map.of("uri", "jdbc:sqlite:" + home.resolve("catalog.db"));
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
