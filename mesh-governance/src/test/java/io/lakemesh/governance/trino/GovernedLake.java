package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.MeshException;
import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import io.lakemesh.governance.opa.OpaPush;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.server.OpaServer;
import io.lakemesh.testkit.server.PostgresServer;
import io.lakemesh.testkit.server.TrinoServer;
import io.lakemesh.trino.TrinoQueryEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A mesh, its policy at an OPA, and a Trino set up by {@link TrinoConfig} that obeys it; one for all tests of this JVM. */
final class GovernedLake {
    static final Subject ANALYST = Subject.of("ada", "analysts").forPurpose("statistics");
    static final Subject OFFICER = Subject.of("olaf", "officers", "force:essex").forPurpose("operations");
    static final Subject OFFICER_OF_ODD_FORCE =
            Subject.of("otto", "officers", "force:o'x\"; --", "force:kent").forPurpose("operations");
    static final Subject OFFICER_WITHOUT_PURPOSE = Subject.of("oda", "officers", "force:essex");
    static final Subject STEWARD = Subject.of("stella", "stewards");
    static final Subject STRANGER = Subject.of("eve");
    static final List<Subject> SUBJECTS =
            List.of(ANALYST, OFFICER, OFFICER_OF_ODD_FORCE, OFFICER_WITHOUT_PURPOSE, STEWARD, STRANGER);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static @Nullable GovernedLake shared;

    private final Path folder = temporary();
    private final PostgresServer.Database database = PostgresServer.shared().database();
    private final OpaServer server = OpaServer.start("--set", "decision_logs.console=true");
    private final OpaProxy opa = new OpaProxy(server.url());
    private final Mesh mesh;
    private final TrinoServer trino;
    private int products;

    private GovernedLake() {
        ProductFiles.write(folder.resolve("password"), database.password());
        ProductFiles.write(
                folder.resolve("policy/mesh-policy.yaml"),
                "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\nclassifications: []\nroles: "
                        + Json.writeCompact(Node.of(RandomPolicies.GROUPS.entrySet().stream()
                                .map(role -> Map.of("name", role.getKey(), "groups", role.getValue()))
                                .toList())));
        this.mesh = open("mesh.yaml", "folder: policy");
        mesh.keys().create("policing");
        assertThat(mesh.products()).isEmpty();
        TrinoConfig config = config();
        String password = config.environment().get(0);
        this.trino = TrinoServer.start(TrinoConfig.SERVER, Map.of(password, database.password()), config::write);
    }

    private Mesh open(String file, String policy) {
        return Mesh.open(ProductFiles.write(
                folder.resolve(file),
                """
                mesh: { name: test, identity: tester }
                catalog: { type: jdbc, uri: "%s", user: %s, password: "${file:password}" }
                warehouse: { location: warehouse }
                policy: { %s }
                keys: { location: keys }
                """
                        .formatted(database.url(), database.user(), policy)));
    }

    /** The mesh as one opens it whose policy is decided on by OPA. */
    Mesh askingOpa() {
        return open("opa.yaml", "folder: policy, decider: opa, url: \"" + server.url() + "\"");
    }

    private TrinoConfig config() {
        TrinoConfig config = TrinoConfig.of(opa.url());
        Stream.concat(SUBJECTS.stream(), RandomPolicies.SUBJECTS.stream())
                .forEach(subject -> config.user(subject.user(), subject.groups()));
        return config.catalog("lake", mesh.config().catalog(), mesh.config().warehouse());
    }

    static synchronized GovernedLake shared() {
        if (shared == null) {
            shared = new GovernedLake();
        }
        return shared;
    }

    Mesh mesh() {
        return mesh;
    }

    OpaProxy opa() {
        return opa;
    }

    /** What Open Policy Agent decided so far. */
    Path opaLog() {
        return server.log();
    }

    /** For JDBC, with the mesh's catalog. */
    String url() {
        return trino.url() + "/lake";
    }

    /** Product {@code policing/NAME} with one object {@code searches}; {@code rest} goes on after the object's name. */
    Product product(String name, String version, String rest) {
        return mesh.product(ProductFiles.describe(
                folder.resolve("product-" + ++products), "policing", name, version, Map.of("searches", rest)));
    }

    void publish(Product product, RecordSource rows) {
        PublishResult result = product.publish().input(rows).run();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(PublishResult.Outcome.PUBLISHED);
        push();
    }

    /** Everything that was published, to OPA. */
    void push() {
        new OpaPush(server.url(), TIMEOUT).push(OpaBundle.build(GovernedTable.of(mesh), List.of("lake"), List.of()));
    }

    /** What Trino gives a subject. */
    List<List<@Nullable Object>> trino(Subject subject, String sql) {
        try (Query query = new TrinoQueryEngine().query(settings(subject), sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Row row = query.next(); row != null; row = query.next()) {
                rows.add(row.values());
            }
            return rows;
        }
    }

    private Map<String, String> settings(Subject subject) {
        return Map.of("url", url() + "/policing", "user", subject.user());
    }

    /** Trino refuses a statement of a subject, and what it says. */
    void assertDenied(Subject subject, String sql, String message) {
        ThrowingCallable asked = () -> trino(subject, sql);
        assertThatThrownBy(asked)
                .as(subject.user() + ": " + sql)
                .isInstanceOf(MeshException.class)
                .hasMessageContaining(message);
    }

    /** The mesh's catalog past the mesh, as other engines use it. */
    JdbcCatalog iceberg() {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.setConf(new Configuration(false));
        catalog.initialize(
                "lakemesh",
                Map.of(
                        "uri", database.url(),
                        "jdbc.user", database.user(),
                        "jdbc.password", database.password(),
                        "jdbc.schema-version", "V1",
                        "warehouse", folder.resolve("warehouse").toString()));
        return catalog;
    }

    /** What our own reader gives a subject, by the first column. */
    static List<List<@Nullable Object>> ours(Read read) {
        return rows(read).stream()
                .sorted(Comparator.comparing(row -> (Long) row.get(0)))
                .toList();
    }

    /** What our own reader gives a subject. */
    static List<List<@Nullable Object>> rows(Read read) {
        try (Rows rows = read.rows()) {
            return rows.stream().map(Row::values).toList();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "governed-lake-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
