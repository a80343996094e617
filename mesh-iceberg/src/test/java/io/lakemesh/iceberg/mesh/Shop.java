package io.lakemesh.iceberg.mesh;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.schema.Row;
import io.lakemesh.testkit.ProductFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A mesh in a folder, with a product {@code shop} of domain {@code retail} or another, whose contracts are given as YAML. */
final class Shop implements AutoCloseable {
    /** The properties of object {@code sales} in most tests: {@code id} is the primary key, {@code amount} is at least 0. */
    static final String SALES =
            """
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: town, logicalType: string }
                  - { name: amount, logicalType: integer, logicalTypeOptions: { minimum: 0 } }
            """;

    static final String HEADER = "id,town,amount";

    private final Path folder;
    private final Mesh mesh;
    private final String domain;
    private int files;

    Shop(Path folder) {
        this(folder, MeshConfig.embedded(folder));
    }

    /** The folder is then that of descriptors and inputs only. */
    Shop(Path folder, MeshConfig config) {
        this(folder, config, "retail");
    }

    /** So that many can share a catalog. */
    Shop(Path folder, MeshConfig config, String domain) {
        this.folder = folder;
        this.mesh = Mesh.open(config);
        this.domain = domain;
    }

    /** One whose mesh has a policy, which goes on after its head with these lines, and a key ring without keys. */
    static Shop governed(Path folder, String policy) {
        ProductFiles.write(
                folder.resolve("governance/mesh-policy.yaml"),
                "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\n" + policy);
        Map<String, Map<String, String>> sections =
                new LinkedHashMap<>(MeshConfig.embedded(folder).sections());
        sections.put("policy", Map.of("folder", "governance"));
        sections.put("keys", Map.of("provider", "memory"));
        return new Shop(folder, new MeshConfig("mesh", "tester", folder, sections));
    }

    /** A SQLite catalog in a folder, and a warehouse. */
    static MeshConfig config(Path home, Map<String, String> warehouse) {
        return config(home, Map.of("uri", "jdbc:sqlite:" + home.resolve("catalog.db")), warehouse);
    }

    static MeshConfig config(Path home, Map<String, String> catalog, Map<String, String> warehouse) {
        return new MeshConfig("mesh", "tester", home, Map.of("catalog", catalog, "warehouse", warehouse));
    }

    Mesh mesh() {
        return mesh;
    }

    Path folder() {
        return folder;
    }

    Path warehouse() {
        return folder.resolve(".mesh").resolve("warehouse");
    }

    /** The product with one contract of object {@code sales}; {@code rest} goes on after its name. */
    Product product(String version, String rest) {
        return product(version, Map.of("sales", rest));
    }

    /** The product with a port, and a contract of the version, for each object; {@code rest} goes on after the object's name. */
    Product product(String version, Map<String, String> objects) {
        return mesh.product(
                ProductFiles.describe(folder.resolve("product-" + ++files), domain, "shop", version, objects));
    }

    /** The product with {@link #SALES}. */
    Product sales() {
        return product("1.0.0", SALES);
    }

    Path file(String header, String... rows) {
        return ProductFiles.write(
                folder.resolve("input-" + ++files + ".csv"), header + "\n" + String.join("\n", rows) + "\n");
    }

    static PublishResult publish(Product product, Mode mode, RecordSource source) {
        return product.publish().mode(mode).input(source).run();
    }

    /** Rows as in CSV, of the header's columns. */
    static RecordSource records(String header, String... rows) {
        List<String> names = List.of(header.split(","));
        List<Map<String, String>> records = new ArrayList<>();
        for (String row : rows) {
            String[] values = row.split(",", -1);
            Map<String, String> record = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (!values[i].isEmpty()) {
                    record.put(names.get(i), values[i]);
                }
            }
            records.add(record);
        }
        return RecordSources.of("records", records);
    }

    static RecordSource sales(String... rows) {
        return records(HEADER, rows);
    }

    static List<String> rows(Product product) {
        return rows(product.read());
    }

    static List<String> rows(Product product, long release) {
        return rows(product.read().release(release));
    }

    static List<String> rows(Read read) {
        try (Rows rows = read.rows();
                Stream<Row> stream = rows.stream()) {
            return stream.map(row -> String.join(
                            ",", row.values().stream().map(String::valueOf).toList()))
                    .sorted()
                    .toList();
        }
    }

    static List<String> findings(Product product) {
        return product.verify(new ReleaseRef.Latest()).findings().stream()
                .map(Object::toString)
                .toList();
    }

    /** Every file below a folder, sorted; none if there is no such folder. */
    static List<Path> filesBelow(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that was ended brings no record into the audit any more: they wait for the next. */
    @Override
    public void close() {
        try {
            mesh.close();
        } catch (Effects.Killed e) {
            return;
        }
    }
}
