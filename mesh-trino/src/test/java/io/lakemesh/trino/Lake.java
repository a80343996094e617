package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import io.lakemesh.testkit.server.TrinoServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mesh whose catalog is PostgreSQL, and a Trino that reads it. */
final class Lake implements AutoCloseable {
    /** The column that rows are compared by. */
    static final String ID =
            "{ name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }";

    private final Path folder;
    private final PostgresServer.Database database = PostgresServer.shared().database();
    private final String catalog;
    private final Mesh mesh;
    private int products;

    private Lake(Path folder, String warehouse, Map<String, String> storage) {
        this.folder = folder;
        this.catalog = TrinoServer.shared().lakehouse(database, storage);
        ProductFiles.write(folder.resolve("password"), database.password());
        this.mesh = Mesh.open(ProductFiles.write(
                folder.resolve("mesh.yaml"),
                """
                mesh: { name: test, identity: tester }
                catalog: { type: jdbc, uri: "%s", user: %s, password: "${file:password}" }
                warehouse: { %s }
                trino: { url: "%s/%s/retail", user: analyst }
                """
                        .formatted(
                                database.url(),
                                database.user(),
                                warehouse,
                                TrinoServer.shared().url(),
                                catalog)));
    }

    /** Its files are local. */
    static Lake onDisk(Path folder) {
        return new Lake(folder, "location: warehouse", TrinoServer.localFiles());
    }

    /** Its files are in a bucket of MinIO. */
    static Lake onMinio(Path folder) {
        MinioServer minio = MinioServer.shared();
        ProductFiles.write(folder.resolve("s3-key"), minio.accessKey());
        ProductFiles.write(folder.resolve("s3-secret"), minio.secretKey());
        return new Lake(
                folder,
                """
                location: "s3://%s/tables", endpoint: "%s", region: %s, path-style: true,
                access-key: "${file:s3-key}", secret-key: "${file:s3-secret}"
                """
                        .formatted(minio.bucket(), minio.endpoint(), minio.region()),
                TrinoServer.bucketsOf(minio));
    }

    Mesh mesh() {
        return mesh;
    }

    /** What Trino calls the catalog of the mesh. */
    String catalog() {
        return catalog;
    }

    Map<String, String> settings() {
        return Map.of("url", TrinoServer.shared().url() + "/" + catalog + "/retail", "user", "analyst");
    }

    PostgresServer.Database database() {
        return database;
    }

    /** Product {@code retail/NAME} with one object {@code sales}; {@code rest} goes on after the object's name. */
    Product product(String name, String version, String rest) {
        return mesh.product(ProductFiles.describe(
                folder.resolve("product-" + ++products), "retail", name, version, Map.of("sales", rest)));
    }

    /** The columns of an object, each in YAML. */
    static String properties(String... columns) {
        return "    properties:\n      - " + String.join("\n      - ", columns) + "\n";
    }

    static void published(PublishResult result) {
        assertThat(result.outcome()).as(result.toString()).isEqualTo(PublishResult.Outcome.PUBLISHED);
        assertThat(result.report().rows().quarantined()).isZero();
    }

    /** Trino and we give the same rows of the newest release. */
    void assertReadsAlike(Product product, String table) {
        List<List<@Nullable Object>> ours = sorted(ours(product.read()));
        List<List<@Nullable Object>> theirs = trino("SELECT * FROM " + table + " ORDER BY id");
        assertThat(theirs).hasSameSizeAs(ours).isNotEmpty();
        for (int row = 0; row < ours.size(); row++) {
            assertThat(theirs.get(row)).as("row " + row).isEqualTo(ours.get(row));
        }
    }

    static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> (Long) row.get(0)))
                .toList();
    }

    /** The rows that Trino gives. */
    List<List<@Nullable Object>> trino(String sql) {
        try (Query query = mesh.query(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Row row = query.next(); row != null; row = query.next()) {
                rows.add(row.values());
            }
            return rows;
        }
    }

    /** The rows that our own reader gives. */
    static List<List<@Nullable Object>> ours(Read read) {
        try (Rows rows = read.rows()) {
            return rows.stream().map(Row::values).toList();
        }
    }

    @Override
    public void close() {
        mesh.close();
    }
}
