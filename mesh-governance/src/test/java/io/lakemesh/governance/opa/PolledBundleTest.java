package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.TablePolicies;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Open Policy Agent polls a signed bundle from a bucket of MinIO, as the guide sets it up. */
@Tag("server")
class PolledBundleTest {
    private static final String SECRET = "a secret of HS256, 32 bytes or more";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Subject ADA = Subject.of("ada", "analysts");
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(Field.optional(1, "name", Primitive.STRING)), List.of());
    private static final TablePolicy OPEN = policy("analysts", Map.of());
    private static final TablePolicy MASKED = policy("analysts", Map.of("name", Mask.Plain.NULL));
    private static final TablePolicy CLOSED = policy("stewards", Map.of());

    private final MinioServer minio = MinioServer.shared();
    private final String bucket = minio.bucket();
    private final S3FileIO storage = new S3FileIO();

    @TempDir
    Path folder;

    private OpaServer opa;
    private OpaPolicyDecider decider;

    private static TablePolicy policy(String group, Map<String, Mask> masks) {
        return TablePolicies.policy(SCHEMA, TablePolicies.grant(SCHEMA, "reader", List.of(group), List.of(), masks));
    }

    private static OpaBundle bundle(TablePolicy policy) {
        return OpaBundle.build(OpaPolicyDeciderTest.governed(policy), List.of("lake"), List.of())
                .signed(BundleSigner.of("HS256", SECRET));
    }

    @BeforeEach
    void start() throws Exception {
        storage.initialize(Map.of(
                "s3.endpoint", minio.endpoint().toString(),
                "s3.path-style-access", "true",
                "s3.access-key-id", minio.accessKey(),
                "s3.secret-access-key", minio.secretKey(),
                "client.region", minio.region(),
                "http-client.type", "urlconnection"));
        upload(bundle(OPEN));
        Path credentials = ProductFiles.write(
                folder.resolve("credentials"),
                "[default]%naws_access_key_id=%s%naws_secret_access_key=%s%n"
                        .formatted(minio.accessKey(), minio.secretKey()));
        Path config = ProductFiles.write(
                folder.resolve("opa.yaml"),
                """
                services:
                  bucket:
                    url: "%s/%s"
                    credentials: { s3_signing: { profile_credentials: { path: "%s", profile: default, aws_region: %s } } }
                keys: { mesh: { algorithm: HS256, key: "%s" } }
                bundles:
                  mesh:
                    service: bucket
                    resource: policy/bundle.tar.gz
                    polling: { min_delay_seconds: 1, max_delay_seconds: 1 }
                    signing: { keyid: mesh }
                status: { prometheus: true }
                """
                        .formatted(minio.endpoint(), bucket, credentials, minio.region(), SECRET));
        opa = OpaServer.start("--config-file", config.toString());
        decider = new OpaPolicyDecider(opa.url(), TIMEOUT);
        awaitRevision(bundle(OPEN).revision());
    }

    @AfterEach
    void stop() {
        storage.close();
        if (opa != null) {
            decider.close();
            opa.close();
        }
    }

    private void upload(OpaBundle bundle) throws IOException {
        try (OutputStream out = storage.newOutputFile("s3://" + bucket + "/policy/bundle.tar.gz")
                .createOrOverwrite()) {
            out.write(bundle.bytes());
        }
    }

    @Test
    void bringsAnotherRevisionAndUntilThenDeniesWhatTheLakehouseHasSince() throws Exception {
        assertThat(decider.decide(ADA, OPEN)).isEqualTo(OPEN.decide(ADA));
        assertStale(decider.decide(ADA, MASKED));
        assertStale(decider.decide(ADA, CLOSED));

        upload(bundle(MASKED));
        awaitRevision(bundle(MASKED).revision());

        assertThat(decider.decide(ADA, MASKED)).isEqualTo(MASKED.decide(ADA)).isNotEqualTo(OPEN.decide(ADA));
        assertStale(decider.decide(Subject.of("bo", "analysts"), OPEN));
    }

    @Test
    void keepsTheLastRevisionWhereTheNextIsNotSignedRight() throws Exception {
        OpaBundle forged = bundle(CLOSED)
                .with("governance/more.rego", "package governance\n\nallow := true\n".getBytes(StandardCharsets.UTF_8));
        upload(forged);
        await(() -> status().contains("bundle_error"));

        assertThat(new OpaHealth(opa.url(), TIMEOUT).revision())
                .contains(bundle(OPEN).revision());
        assertThat(decider.decide(ADA, OPEN)).isInstanceOf(Decision.Granted.class);
    }

    private static void assertStale(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        assertThat(((Decision.Denied) decision).reason()).contains("another revision");
    }

    private void awaitRevision(String revision) throws Exception {
        OpaHealth health = new OpaHealth(opa.url(), TIMEOUT);
        await(() -> health.revision().equals(Optional.of(revision)));
    }

    private String status() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(opa.url() + "/v1/status")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
