package io.lakemesh.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own that ends with this JVM, however that ends: {@code run.sh} stands between them and stops the
 * server at the end of a pipe. Its output stays in {@code target/servers}.
 */
final class ServerProcess implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";

    private static final int TAIL = 40;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What the server printed. */
    Path log() {
        return log;
    }

    /** A port that nothing listened on a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Builder named(String name) {
        return new Builder(name);
    }

    /** Stops the server and waits until it and its folder are gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a server needs to start. */
    static final class Builder {
        private final String name;
        private final Path folder;
        private final Map<String, String> environment = new HashMap<>();
        private List<String> command = List.of();
        private String stopSignal = "TERM";
        private Duration deadline = Duration.ofSeconds(30);

        private Builder(String name) {
            this.name = name;
            this.folder = temporaryFolder(name);
        }

        /** The server's folder, removed when it has stopped; users other than root can reach it. */
        Path folder() {
            return folder;
        }

        Builder command(String... words) {
            return command(List.of(words));
        }

        Builder command(List<String> words) {
            command = List.copyOf(words);
            return this;
        }

        Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** What tells the server to stop, by default {@code TERM}. */
        Builder stopSignal(String signal) {
            stopSignal = signal;
            return this;
        }

        /** How long the server may take until it answers, by default half a minute. */
        Builder deadline(Duration duration) {
            deadline = duration;
            return this;
        }

        /**
         * Starts the server and waits until it answers.
         *
         * @throws IllegalStateException with the end of the server's log when it stops or does not answer in time
         */
        ServerProcess start(Readiness readiness) {
            Path log = log();
            ServerProcess server = new ServerProcess(launch(log), log);
            try {
                await(server.process, readiness, log);
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }

        private Process launch(Path log) {
            List<String> words =
                    new ArrayList<>(List.of("sh", "-c", script(), "run.sh", stopSignal, folder.toString()));
            words.addAll(command);
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.directory(folder.toFile()).environment().putAll(environment);
            try {
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void await(Process process, Readiness readiness, Path log) {
            long end = System.nanoTime() + deadline.toNanos();
            while (!answers(readiness)) {
                if (!process.isAlive()) {
                    throw failure("stopped with status " + process.exitValue(), log);
                }
                if (System.nanoTime() > end) {
                    throw failure("does not answer after " + deadline, log);
                }
                pause();
            }
        }

        private static boolean answers(Readiness readiness) {
            try {
                return readiness.isReady();
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        private static void pause() {
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        private static IllegalStateException interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted while a server started", e);
        }

        private IllegalStateException failure(String what, Path log) {
            return new IllegalStateException(name + " " + what + "; the end of " + log + ":\n" + tail(log));
        }

        private static String tail(Path log) {
            try {
                List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
            } catch (IOException e) {
                return "cannot be read: " + e.getMessage();
            }
        }

        private Path log() {
            try {
                Path logs = Files.createDirectories(Path.of("target", "servers"));
                return Files.createTempFile(logs, name + "-", ".log").toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path temporaryFolder(String name) {
            try {
                Path folder = Files.createTempDirectory("lakemesh-" + name + "-");
                return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String script() {
            try (InputStream script = ServerProcess.class.getResourceAsStream("run.sh")) {
                return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
