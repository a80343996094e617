package io.lakemesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.bench.Counters.Kind;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publish asks of S3 and of PostgreSQL while nobody else publishes, to the call: the table of docs/reference/storage-and-catalogs.md. */
@Tag("server")
class CallBudgetTest {
    private static final String TOLERANT =
            "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }]\n";

    @TempDir
    Path folder;

    private Mesh mesh;
    private int runs;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer.Database database = PostgresServer.shared().database();
        Map<String, String> warehouse = new HashMap<>(MinioServer.shared().warehouse("s3", "tables"));
        warehouse.put("properties.s3.client-factory-impl", CountedS3.class.getName());
        mesh = Mesh.open(new MeshConfig(
                "budget",
                "tester",
                folder,
                Map.of(
                        "catalog",
                        Map.of(
                                "uri", CountedDriver.uri(database.url()),
                                "user", database.user(),
                                "password", database.password()),
                        "warehouse",
                        warehouse)));
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void anAppendToOneTable() throws IOException {
        Product product = product("one", "", "events");
        publish(product, Outcome.PUBLISHED, "1");

        requireExactly(37, 21, publish(product, Outcome.PUBLISHED, "2"));
    }

    @Test
    void anAppendToTwoTables() throws IOException {
        Product product = product("two", "", "events", "more");
        publish(product, Outcome.PUBLISHED, "1");

        requireExactly(60, 36, publish(product, Outcome.PUBLISHED, "2"));
    }

    @Test
    void anAppendThatSetsRowsAside() throws IOException {
        Product product = product("tolerant", TOLERANT, "events");
        publish(product, Outcome.PUBLISHED, "1", "x");

        requireExactly(55, 30, publish(product, Outcome.PUBLISHED, "2", "x"));
    }

    @Test
    void aRefusal() throws IOException {
        Product product = product("strict", "", "events");
        publish(product, Outcome.PUBLISHED, "1");
        publish(product, Outcome.REFUSED, "x");

        requireExactly(35, 17, publish(product, Outcome.REFUSED, "y"));
    }

    private static void requireExactly(long storageCalls, long statements, Counters spent) {
        assertThat(List.of(spent.storageCalls(), spent.of(Kind.STATEMENT)))
                .as("calls of S3, and statements: " + spent)
                .isEqualTo(List.of(storageCalls, statements));
    }

    /** Publishes values to every object; what that took. */
    private Counters publish(Product product, Outcome expected, String... values) {
        List<Map<String, String>> records =
                Stream.of(values).map(value -> Map.of("id", value)).toList();
        Counters before = Counters.now();
        var publish = product.publish().runId("run-" + ++runs);
        product.contract()
                .tables()
                .forEach(table -> publish.input(table.object(), RecordSources.of("records", records)));
        assertThat(publish.run().outcome()).isEqualTo(expected);
        return Counters.now().since(before);
    }

    private Product product(String name, String properties, String... objects) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        StringBuilder ports = new StringBuilder();
        for (String object : objects) {
            ports.append("  - { name: " + object + ", version: 1.0.0, contractId: " + object + " }\n");
            Files.writeString(
                    home.resolve(object + ".odcs.yaml"),
                    "apiVersion: v3.1.0\nkind: DataContract\nid: " + object
                            + "\nversion: 1.0.0\nstatus: active\nschema:\n  - name: " + object + "\n" + properties
                            + "    properties:\n      - { name: id, logicalType: integer, required: true }\n");
        }
        Files.writeString(
                home.resolve(name + ".odps.yaml"),
                "apiVersion: v1.0.0\nkind: DataProduct\nid: " + name + "\nname: " + name
                        + "\nversion: 1.0.0\nstatus: active\ndomain: budget\noutputPorts:\n" + ports);
        return mesh.product(home);
    }
}
