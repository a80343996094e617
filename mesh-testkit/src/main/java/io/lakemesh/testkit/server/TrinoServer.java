package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Trino, one node, on a free loopback port, without authentication. Unless a configuration says otherwise, catalogs are made while it
 * runs, so that one server does for every test of a JVM, and every user may do everything.
 */
public final class TrinoServer implements AutoCloseable {
    private static final Shared<TrinoServer> SHARED = new Shared<>(TrinoServer::start);
    private static final int JAVA = 24;
    private static final Duration START = Duration.ofMinutes(3);
    private static final String USER = "steward";
    private static final String CONFIG =
            """
            coordinator=true
            node-scheduler.include-coordinator=true
            node.environment=test
            node.id=test
            node.bind-ip=%1$s
            node.internal-address=%1$s
            http-server.http.port=%2$d
            discovery.uri=http://%1$s:%2$d
            """;
    private static final Map<String, String> DYNAMIC =
            Map.of("catalog.management", "dynamic", "catalog.store", "memory", "regex-library", "RE2J");

    private final int port;
    private final ServerProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger catalogs = new AtomicInteger();

    private TrinoServer(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** The server of this JVM. */
    public static TrinoServer shared() {
        return SHARED.server();
    }

    /** Starts another server, for tests that stop it. */
    public static TrinoServer start() {
        return start(DYNAMIC, Map.of(), folder -> {});
    }

    /**
     * Starts a server with a configuration of its own.
     *
     * @param settings further lines of {@code config.properties}
     * @param environment variables of the process, that configurations may refer to
     * @param files writes further files into the folder of {@code config.properties}, such as access control and catalogs
     */
    public static TrinoServer start(
            Map<String, String> settings, Map<String, String> environment, Consumer<Path> files) {
        Path home = Installation.of("trino", "");
        int port = ServerProcess.freePort();
        ServerProcess.Builder builder = ServerProcess.named("trino");
        Path config = config(builder.folder().resolve("etc"), port, settings);
        files.accept(config.getParent());
        environment.forEach(builder::environment);
        ServerProcess process = builder.command(
                        NewerJava.command(JAVA).toString(),
                        "-Xmx1G",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.attach.allowAttachSelf=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-Dconfig=" + config,
                        "-Dcatalog.config-dir=" + config.resolveSibling("catalog"),
                        "-Dplugin.dir=" + home.resolve("plugin"),
                        "-cp",
                        home.resolve("lib") + "/*",
                        "io.trino.server.TrinoServer")
                .deadline(START)
                .start(started(port));
        return new TrinoServer(port, process);
    }

    private static Path config(Path folder, int port, Map<String, String> settings) {
        StringBuilder lines = new StringBuilder(CONFIG.formatted(LOOPBACK, port));
        settings.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve("config.properties"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Readiness started(int port) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest info = HttpRequest.newBuilder(address(port, "/v1/info"))
                .timeout(Duration.ofSeconds(2))
                .build();
        return () ->
                client.send(info, HttpResponse.BodyHandlers.ofString()).body().contains("\"starting\":false");
    }

    private static URI address(int port, String path) {
        return URI.create("http://" + LOOPBACK + ":" + port + path);
    }

    /** For JDBC, without a catalog and a user. */
    public String url() {
        return "jdbc:trino://" + LOOPBACK + ":" + port;
    }

    /** The properties of a catalog whose tables are local files. */
    public static Map<String, String> localFiles() {
        return Map.of("fs.hadoop.enabled", "true");
    }

    /** The properties of a catalog whose tables are in buckets of MinIO. */
    public static Map<String, String> bucketsOf(MinioServer minio) {
        return Map.of(
                "fs.native-s3.enabled", "true",
                "s3.endpoint", minio.endpoint().toString(),
                "s3.region", minio.region(),
                "s3.path-style-access", "true",
                "s3.aws-access-key", minio.accessKey(),
                "s3.aws-secret-key", minio.secretKey());
    }

    /**
     * Makes a catalog that reads the tables of a JDBC catalog of Lakemesh.
     *
     * @return its name
     */
    public String lakehouse(PostgresServer.Database database, Map<String, String> storage) {
        Map<String, String> properties = new TreeMap<>(storage);
        properties.put("iceberg.catalog.type", "jdbc");
        properties.put("iceberg.jdbc-catalog.catalog-name", "lakemesh");
        properties.put("iceberg.jdbc-catalog.driver-class", "org.postgresql.Driver");
        properties.put("iceberg.jdbc-catalog.connection-url", database.url());
        properties.put("iceberg.jdbc-catalog.connection-user", database.user());
        properties.put("iceberg.jdbc-catalog.connection-password", database.password());
        properties.put("iceberg.jdbc-catalog.default-warehouse-dir", "/nowhere");
        return catalog("iceberg", properties);
    }

    /** Makes a catalog of the tables of a PostgreSQL database. */
    public String postgres(PostgresServer.Database database) {
        return catalog(
                "postgresql",
                Map.of(
                        "connection-url", database.url(),
                        "connection-user", database.user(),
                        "connection-password", database.password()));
    }

    /**
     * Makes a catalog.
     *
     * @return its name
     */
    public String catalog(String connector, Map<String, String> properties) {
        String name = "catalog_" + catalogs.incrementAndGet();
        run("CREATE CATALOG " + name + " USING " + connector + " WITH ("
                + properties.entrySet().stream()
                        .map(entry -> '"' + entry.getKey() + "\" = '"
                                + entry.getValue().replace("'", "''") + "'")
                        .collect(Collectors.joining(", "))
                + ")");
        return name;
    }

    /**
     * Runs a statement to its end; its rows are dropped.
     *
     * @throws IllegalStateException with Trino's message when it fails
     */
    public void run(String statement) {
        Node.Mapping answer = send(request(address(port, "/v1/statement"))
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build());
        Optional<String> next = answer.text("nextUri");
        while (next.isPresent()) {
            answer = send(request(URI.create(next.get())).build());
            next = answer.text("nextUri");
        }
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("X-Trino-User", USER).timeout(Duration.ofMinutes(1));
    }

    private Node.Mapping send(HttpRequest request) {
        try {
            String body = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
            Node.Mapping answer = (Node.Mapping) Documents.parse("trino", body, DocumentLimits.MANIFEST);
            if (answer.entries().get("error") instanceof Node.Mapping error) {
                throw new IllegalStateException(
                        "Trino failed: " + error.text("message").orElse(body));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Trino worked", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
