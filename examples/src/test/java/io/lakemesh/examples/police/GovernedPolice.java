package io.lakemesh.examples.police;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.cli.demo.Force;
import io.lakemesh.cli.demo.PoliceProducts;
import io.lakemesh.cli.demo.StopAndSearchSample;
import io.lakemesh.examples.RealMesh;
import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import io.lakemesh.governance.opa.OpaPush;
import io.lakemesh.governance.trino.TrinoConfig;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.OpaServer;
import io.lakemesh.testkit.server.TrinoServer;
import io.lakemesh.trino.TrinoQueryEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The demo's releases of Essex, its policy at an OPA, and a Trino that obeys it; on PostgreSQL and MinIO. */
final class GovernedPolice implements AutoCloseable {
    /** One for each month. */
    static final int RELEASES = 3;

    private static final Force FORCE = Force.ESSEX;
    private static final YearMonth FIRST = YearMonth.of(2026, 1);
    private static final String CATALOG = "lake";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Mesh mesh;
    private final Product product;
    private final OpaServer opa;
    private final TrinoServer trino;

    private GovernedPolice(Mesh mesh, Product product, OpaServer opa, TrinoServer trino) {
        this.mesh = mesh;
        this.product = product;
        this.opa = opa;
        this.trino = trino;
    }

    /** Publishes in a folder, and sets Trino up for the people. */
    static GovernedPolice in(Path folder, List<Subject> people) throws IOException {
        RealMesh real = RealMesh.in(folder, "policy: { folder: policy }");
        PoliceProducts.writePolicy(folder);
        Mesh mesh = Mesh.open(real.config());
        Product product = publish(mesh, folder);
        OpaServer opa = OpaServer.start();
        new OpaPush(opa.url(), TIMEOUT).push(OpaBundle.build(GovernedTable.of(mesh), List.of(CATALOG), List.of()));
        return new GovernedPolice(mesh, product, opa, trino(real, opa, people));
    }

    private static Product publish(Mesh mesh, Path folder) throws IOException {
        Product product = mesh.product(PoliceProducts.write(folder.resolve("products"), FORCE.id()));
        for (int month = 0; month < RELEASES; month++) {
            StopAndSearchSample sample = StopAndSearchSample.ofDemo(FORCE, FIRST.plusMonths(month));
            Path file = folder.resolve(sample.fileName());
            sample.writeTo(file);
            assertThat(product.publish().input(file).run().outcome()).isEqualTo(Outcome.PUBLISHED);
        }
        return product;
    }

    private static TrinoServer trino(RealMesh real, OpaServer opa, List<Subject> people) {
        TrinoConfig config = TrinoConfig.of(opa.url())
                .catalog(CATALOG, real.config().catalog(), real.config().warehouse());
        people.forEach(person -> config.user(person.user(), person.groups()));
        Map<String, String> secrets = Map.of(
                "ICEBERG_JDBC_CATALOG_CONNECTION_PASSWORD", real.database().password(),
                "S3_AWS_SECRET_KEY", MinioServer.shared().secretKey());
        assertThat(config.environment()).containsExactlyInAnyOrderElementsOf(secrets.keySet());
        return TrinoServer.start(TrinoConfig.SERVER, secrets, config::write);
    }

    List<Row> owners(int release) {
        return rows(product.read().release(release));
    }

    List<Row> ours(Subject subject, int release) {
        return rows(product.as(subject).read().release(release));
    }

    private static List<Row> rows(Read read) {
        try (Rows rows = read.rows()) {
            return rows.stream().toList();
        }
    }

    List<Row> trino(Subject subject, int release) {
        String sql = "SELECT * FROM " + CATALOG + "." + FORCE.id() + ".stop_and_search_searches_v1 FOR VERSION AS OF 'r"
                + release + "'";
        List<Row> rows = new ArrayList<>();
        try (Query query = new TrinoQueryEngine().query(Map.of("url", trino.url(), "user", subject.user()), sql)) {
            for (Row row = query.next(); row != null; row = query.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        trino.close();
        opa.close();
        mesh.close();
    }
}
