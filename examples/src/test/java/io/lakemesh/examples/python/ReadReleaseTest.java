package io.lakemesh.examples.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Rows;
import io.lakemesh.examples.RealMesh;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import io.lakemesh.testkit.server.PythonWithPyiceberg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/python reads what was published, on the kinds of mesh that its README names. */
@Tag("server")
class ReadReleaseTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("lakemesh.root", ".."), "examples", "python", "read_release.py");
    private static final String TABLE = "retail.shop_orders_v1";

    @TempDir
    Path folder;

    @Test
    void readsAMeshInAFolder() throws Exception {
        readsEachRelease(
                MeshConfig.embedded(folder),
                Map.of("URI", "sqlite:///" + folder.toAbsolutePath().resolve(".mesh/catalog.db")));
    }

    @Test
    void readsAMeshOnPostgresqlAndS3() throws Exception {
        RealMesh mesh = RealMesh.in(folder);
        PostgresServer.Database database = mesh.database();
        MinioServer minio = MinioServer.shared();

        readsEachRelease(
                mesh.config(),
                Map.of(
                        "URI",
                        database.url()
                                .replace(
                                        "jdbc:postgresql://",
                                        "postgresql+psycopg2://" + database.user() + ":" + database.password() + "@"),
                        "S3__ENDPOINT",
                        minio.endpoint().toString(),
                        "S3__REGION",
                        minio.region(),
                        "S3__ACCESS_KEY_ID",
                        minio.accessKey(),
                        "S3__SECRET_ACCESS_KEY",
                        minio.secretKey()));
    }

    private void readsEachRelease(MeshConfig config, Map<String, String> catalog) throws Exception {
        try (Mesh mesh = Mesh.open(config)) {
            Product product = mesh.product(product());
            publish(product, Mode.APPEND, "1,Bath,19.90,2026-01-31", "2,Zürich,5.00,2026-02-01");
            publish(product, Mode.UPSERT, "2,York,7.50,2026-02-02", "3,\"Ely, Cambs\",0.10,2026-02-03");

            assertThat(python(catalog, TABLE, "r1")).isEqualTo(ours(product, 1));
            assertThat(python(catalog, TABLE)).isEqualTo(ours(product, 2)).hasSize(4);
        }
    }

    private Path product() throws IOException {
        Path product = Files.createDirectories(folder.resolve("product"));
        Files.writeString(
                product.resolve("shop.odps.yaml"),
                """
                { apiVersion: v1.0.0, kind: DataProduct, id: shop, name: shop, domain: retail, version: 1.0.0,
                  status: active, outputPorts: [ { name: orders, version: 1.0.0, contractId: orders } ] }
                """);
        Files.writeString(
                product.resolve("orders.odcs.yaml"),
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                status: active
                schema:
                  - name: orders
                    properties:
                      - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                      - { name: town, logicalType: string }
                      - { name: amount, logicalType: number, physicalType: double }
                      - { name: day, logicalType: date }
                """);
        return product;
    }

    private void publish(Product product, Mode mode, String... rows) throws IOException {
        Path file = Files.writeString(
                Files.createTempFile(folder, "orders", ".csv"),
                "id,town,amount,day\n" + String.join("\n", rows) + "\n");
        PublishResult result = product.publish().mode(mode).input(file).run();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(PublishResult.Outcome.PUBLISHED);
    }

    /** The lines that the script prints: the header, then the rows, sorted. */
    private static List<String> python(Map<String, String> catalog, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(PythonWithPyiceberg.command().toString(), SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYICEBERG_CATALOG__LAKEMESH__TYPE", "sql");
        builder.environment().put("PYTHONUTF8", "1");
        catalog.forEach((key, value) -> builder.environment().put("PYICEBERG_CATALOG__LAKEMESH__" + key, value));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return sorted(output.lines().toList());
    }

    private static List<String> sorted(List<String> lines) {
        List<String> sorted = new ArrayList<>(lines.subList(0, 1));
        sorted.addAll(lines.subList(1, lines.size()).stream().sorted().toList());
        return sorted;
    }

    private static List<String> ours(Product product, long release) {
        try (Rows rows = product.read().release(release).rows()) {
            List<String> lines = new ArrayList<>(List.of("id,town,amount,day"));
            rows.forEach(row ->
                    lines.add(row.values().stream().map(ReadReleaseTest::field).collect(Collectors.joining(","))));
            return sorted(lines);
        }
    }

    private static String field(Object value) {
        String text = String.valueOf(value);
        return text.contains(",") ? '"' + text + '"' : text;
    }
}
