package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nessie on a free loopback port: an Iceberg REST catalog that keeps its history in memory and its tables in the shared MinIO. */
public final class NessieServer implements AutoCloseable {
    private static final Shared<NessieServer> SHARED = new Shared<>(NessieServer::start);

    private final URI uri;
    private final ServerProcess process;

    private NessieServer(URI uri, ServerProcess process) {
        this.uri = uri;
        this.process = process;
    }

    /** The server of this JVM. */
    public static NessieServer shared() {
        return SHARED.server();
    }

    /** Starts another server. */
    public static NessieServer start() {
        Path java = NewerJava.command(21);
        Path jar = Installation.of("nessie", "nessie-quarkus-runner.jar");
        URI address = URI.create("http://" + LOOPBACK + ":" + ServerProcess.freePort());
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-XX:+UseSerialGC"));
        settings(address, MinioServer.shared()).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        ServerProcess process = ServerProcess.named("nessie")
                .command(command)
                .deadline(Duration.ofSeconds(90))
                .start(Readiness.http(address.resolve("/api/v2/config")));
        return new NessieServer(address.resolve("/iceberg/"), process);
    }

    private static Map<String, String> settings(URI address, MinioServer minio) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.http.host", LOOPBACK);
        settings.put("quarkus.http.port", "" + address.getPort());
        settings.put("quarkus.management.host", LOOPBACK);
        settings.put("quarkus.management.port", "" + ServerProcess.freePort());
        settings.put("nessie.version.store.type", "IN_MEMORY");
        settings.put("nessie.catalog.default-warehouse", "tests");
        settings.put("nessie.catalog.warehouses.tests.location", "s3://" + minio.bucket() + "/");
        settings.put(
                "nessie.catalog.service.s3.default-options.endpoint",
                minio.endpoint().toString());
        settings.put("nessie.catalog.service.s3.default-options.path-style-access", "true");
        settings.put("nessie.catalog.service.s3.default-options.region", minio.region());
        settings.put("nessie.catalog.service.s3.default-options.access-key", "urn:nessie-secret:quarkus:tests.minio");
        settings.put("nessie.catalog.service.s3.default-options.request-signing-enabled", "false");
        settings.put("tests.minio.name", minio.accessKey());
        settings.put("tests.minio.secret", minio.secretKey());
        return settings;
    }

    /** The address of its Iceberg REST catalog. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.close();
    }
}
