package io.lakemesh.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.opentest4j.TestAbortedException;

/** Where servers are installed, and what becomes of a test whose server is not. */
final class Installation {
    private static final Properties VERSIONS = versions();

    private Installation() {}

    /** The file or folder that {@code ./verify} installed for a server of {@code servers.properties}. */
    static Path of(String server, String file) {
        return cache().map(
                        cache -> cache.resolve(server + "-" + version(server)).resolve(file))
                .filter(Files::exists)
                .orElseThrow(() -> missing(server + " " + version(server) + " is not installed"));
    }

    /** What a test without its server ends with: skipped with the reason, failed where continuous integration runs. */
    static RuntimeException missing(String reason) {
        String message = reason + "; ./verify installs it";
        if ("true".equals(System.getenv("CI"))) {
            return new IllegalStateException(message);
        }
        return new TestAbortedException(message);
    }

    /** The version in {@code module@version} or {@code group:artifact:version:type}. */
    private static String version(String server) {
        String source = Objects.requireNonNull(VERSIONS.getProperty(server), server);
        return source.contains("@") ? source.substring(source.indexOf('@') + 1) : source.split(":", -1)[2];
    }

    private static Optional<Path> cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getProperty("user.home")).map(home -> Path.of(home, ".cache")))
                .map(folder -> folder.resolve("lakemesh"));
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream file = Installation.class.getResourceAsStream("servers.properties")) {
            versions.load(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
