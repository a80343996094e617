package io.lakemesh.iceberg.mesh;

import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.MeshConfig;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.testkit.canary.CanaryProduct;
import io.lakemesh.testkit.server.HttpRecorder;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Values of protected columns stand in no object, no catalog's table and no request, on the servers that keep tables. */
@Tag("server")
@ExtendWith(Quiet.class)
class CanaryOnServersTest {
    private static final Map<String, String> KEYS = Map.of("provider", "memory");

    @TempDir
    Path folder;

    /** Lives a product's life there; gives what was told of it that tells something. */
    private List<String> live(MeshConfig config, String contract) {
        try (Told told = new Told();
                Shop shop = new Shop(folder, config)) {
            shop.mesh().keys().create("retail");
            new CanaryLife(shop, contract, told).live();
            return told.telling(TRACES);
        }
    }

    private static MeshConfig config(Path home, Map<String, String> catalog, Map<String, String> warehouse) {
        return new MeshConfig("mesh", "tester", home, Map.of("catalog", catalog, "warehouse", warehouse, "keys", KEYS));
    }

    /** A bucket that forgets nothing, and a database. */
    private final class Servers implements AutoCloseable {
        private final MinioServer minio = MinioServer.start();
        private final Map<String, String> warehouse = minio.warehouse("s3", "tables");
        private final String bucket =
                URI.create(Objects.requireNonNull(warehouse.get("location"))).getHost();
        private final PostgresServer.Database database = PostgresServer.shared().database();
        private final S3Client client = S3Client.builder()
                .endpointOverride(minio.endpoint())
                .region(Region.of(minio.region()))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(minio.accessKey(), minio.secretKey())))
                .build();

        Servers() {
            client.putBucketVersioning(request ->
                    request.bucket(bucket).versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)));
        }

        List<String> live(String contract) {
            return CanaryOnServersTest.this.live(
                    config(
                            folder,
                            Map.of("uri", database.url(), "user", database.user(), "password", database.password()),
                            warehouse),
                    contract);
        }

        /** The objects that tell something, those that were removed or replaced among them. */
        List<String> objects() {
            List<String> telling = new ArrayList<>();
            int all = 0;
            for (ObjectVersion version : client.listObjectVersionsPaginator(request -> request.bucket(bucket))
                    .versions()) {
                all++;
                byte[] bytes = client.getObjectAsBytes(request ->
                                request.bucket(bucket).key(version.key()).versionId(version.versionId()))
                        .asByteArray();
                if (TRACES.isIn(version.key()) || TRACES.isIn(bytes)) {
                    telling.add(version.key());
                }
            }
            assertThat(all).as("objects").isGreaterThan(50);
            return telling;
        }

        boolean isInTheCatalog() throws SQLException {
            try (Connection connection =
                    DriverManager.getConnection(database.url(), database.user(), database.password())) {
                return TRACES.isIn(connection);
            }
        }

        @Override
        public void close() {
            client.close();
            minio.close();
        }
    }

    @Test
    void noObjectAndNoTableOfTheCatalogHasAny() throws SQLException {
        try (Servers servers = new Servers()) {
            assertThat(servers.live(CanaryProduct.contract())).isEmpty();
            assertThat(servers.objects()).isEmpty();
            assertThat(TRACES.below(servers.minio.disk())).isEmpty();
            assertThat(servers.isInTheCatalog()).isFalse();
            assertThat(TRACES.below(folder)).isEmpty();
        }
    }

    @Test
    void withoutProtectionObjectsHaveThem() {
        try (Servers servers = new Servers()) {
            servers.live(CanaryProduct.openContract());
            assertThat(servers.objects())
                    .anyMatch(object -> object.contains("sales_v1/data"))
                    .anyMatch(object -> object.contains("quarantine"))
                    .anyMatch(object -> object.endsWith(".avro"));
            assertThat(TRACES.below(servers.minio.disk())).isNotEmpty();
        }
    }

    @Test
    void noRequestToACatalogOverHttpHasAny() {
        assertThat(requests(CanaryProduct.contract())).isEmpty();
        assertThat(TRACES.below(folder)).isEmpty();
    }

    /** What a column is for goes there, too: what is recorded is really looked at. */
    @Test
    void aRequestThatHasOneIsFound() {
        assertThat(requests(CanaryProduct.contract().replace("name: town,", "name: town, description: Qanary,")))
                .isNotEmpty();
    }

    private List<String> requests(String contract) {
        try (Surroundings surroundings = new Surroundings(Storage.LOCAL, Catalogs.REST)) {
            Map<String, Map<String, String>> sections =
                    surroundings.mesh(folder).sections();
            Map<String, String> catalog = Objects.requireNonNull(sections.get("catalog"));
            try (HttpRecorder recorder = new HttpRecorder(URI.create(Objects.requireNonNull(catalog.get("uri"))))) {
                Map<String, String> recorded =
                        Map.of("type", "rest", "uri", recorder.uri().toString());
                List<String> told =
                        live(config(folder, recorded, Objects.requireNonNull(sections.get("warehouse"))), contract);
                assertThat(told).isEmpty();
                assertThat(recorder.asked()).hasSizeGreaterThan(50);
                return recorder.telling(TRACES);
            }
        }
    }
}
