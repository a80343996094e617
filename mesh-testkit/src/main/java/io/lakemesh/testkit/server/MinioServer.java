package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** MinIO on a free loopback port: an object store that speaks S3, in the clear or with a certificate of a private authority. */
public final class MinioServer implements AutoCloseable {
    private static final Shared<MinioServer> SHARED = new Shared<>(MinioServer::start);
    private static final Shared<MinioServer> SHARED_WITH_TLS = new Shared<>(MinioServer::startWithTls);
    private static final String REGION = "us-east-1";
    private static final String ACCESS_KEY = "mesh-tests";
    private static final String SECRET_KEY = "a-secret-key-of-tests";

    private final Path data;
    private final URI endpoint;
    private final @Nullable Path authority;
    private final ServerProcess process;
    private final AtomicInteger buckets = new AtomicInteger();

    private MinioServer(Path data, URI endpoint, @Nullable Path authority, ServerProcess process) {
        this.data = data;
        this.endpoint = endpoint;
        this.authority = authority;
        this.process = process;
    }

    /** The server of this JVM. */
    public static MinioServer shared() {
        return SHARED.server();
    }

    /** The server of this JVM that speaks TLS only. */
    public static MinioServer sharedWithTls() {
        return SHARED_WITH_TLS.server();
    }

    /** Starts another server, for tests that stop it. */
    public static MinioServer start() {
        return start(program(), ServerProcess.named("minio"), null);
    }

    private static MinioServer startWithTls() {
        Path program = program();
        ServerProcess.Builder builder = ServerProcess.named("minio-tls");
        return start(program, builder, PrivateCertificates.in(builder.folder()));
    }

    private static MinioServer start(
            Path program, ServerProcess.Builder builder, @Nullable PrivateCertificates certificates) {
        Path data = folder(builder.folder().resolve("data"));
        String address = LOOPBACK + ":" + ServerProcess.freePort();
        URI endpoint = URI.create((certificates == null ? "http://" : "https://") + address);
        HttpClient client = certificates == null ? HttpClient.newHttpClient() : certificates.client();
        ServerProcess process = builder.command(
                        program.toString(),
                        "server",
                        "--quiet",
                        "--address=" + address,
                        "--certs-dir=" + builder.folder(),
                        data.toString())
                .environment("MINIO_ROOT_USER", ACCESS_KEY)
                .environment("MINIO_ROOT_PASSWORD", SECRET_KEY)
                .environment("MINIO_BROWSER", "off")
                .start(Readiness.http(client, endpoint.resolve("/minio/health/ready")));
        return new MinioServer(data, endpoint, certificates == null ? null : certificates.authority(), process);
    }

    public URI endpoint() {
        return endpoint;
    }

    public String region() {
        return REGION;
    }

    public String accessKey() {
        return ACCESS_KEY;
    }

    public String secretKey() {
        return SECRET_KEY;
    }

    /**
     * The {@code warehouse} section of a mesh whose tables are in a folder of the bucket.
     *
     * @param scheme {@code s3} or {@code s3a}
     */
    public Map<String, String> warehouse(String scheme, String folder) {
        return Map.of(
                "location", scheme + "://" + bucket() + "/" + folder,
                "endpoint", endpoint().toString(),
                "region", region(),
                "path-style", "true",
                "access-key", accessKey(),
                "secret-key", secretKey());
    }

    /** Its disk: all buckets with all versions of their objects, and what of uploads was never completed. */
    public Path disk() {
        return data;
    }

    /** The certificate of the authority that signed the server's, where it speaks TLS. */
    public Optional<Path> authority() {
        return Optional.ofNullable(authority);
    }

    /** Makes an empty bucket: a folder of its only disk. */
    public String bucket() {
        String name = "mesh-" + buckets.incrementAndGet();
        folder(data.resolve(name));
        return name;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Path program() {
        return Installation.of("minio", "minio");
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
