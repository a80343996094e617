package io.lakemesh.examples.police;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Rows;
import io.lakemesh.cli.demo.Force;
import io.lakemesh.cli.demo.PoliceProducts;
import io.lakemesh.cli.demo.StopAndSearchSample;
import io.lakemesh.examples.RealMesh;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.TrinoServer;
import io.lakemesh.trino.TrinoQueryEngine;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The police example on PostgreSQL and MinIO: Trino counts the rows that we count, by force and month, in every release. */
@Tag("server")
class PoliceOnTrinoTest {
    private static final List<Force> FORCES = List.of(Force.ESSEX, Force.DURHAM);
    private static final List<YearMonth> MONTHS =
            List.of(YearMonth.of(2026, 1), YearMonth.of(2026, 2), YearMonth.of(2026, 3));

    private static final int MONTH = "2026-01".length();

    @TempDir
    Path folder;

    @Test
    void countsTheSameRows() throws Exception {
        RealMesh real = RealMesh.in(folder);
        String catalog = TrinoServer.shared().lakehouse(real.database(), TrinoServer.bucketsOf(MinioServer.shared()));
        try (Mesh mesh = Mesh.open(real.config())) {
            for (Force force : FORCES) {
                Product product = publish(mesh, force);
                for (int release = 1; release <= MONTHS.size(); release++) {
                    assertThat(counted(catalog, force, release))
                            .as(force + ", release " + release)
                            .isEqualTo(ours(product, release))
                            .hasSize(release);
                }
            }
        }
    }

    /** A release for each month. */
    private Product publish(Mesh mesh, Force force) throws Exception {
        Product product = mesh.product(PoliceProducts.write(folder.resolve("products"), force.id()));
        for (YearMonth month : MONTHS) {
            StopAndSearchSample sample =
                    StopAndSearchSample.of(force, month).withRows(200).withDirt(0);
            Path file = folder.resolve(sample.fileName());
            sample.writeTo(file);
            assertThat(product.publish().input(file).run().outcome()).isEqualTo(Outcome.PUBLISHED);
        }
        return product;
    }

    private static Map<String, Long> ours(Product product, long release) {
        Map<String, Long> counts = new TreeMap<>();
        try (Rows rows = product.read().release(release).columns("searched_at").rows()) {
            rows.forEach(row -> counts.merge(String.valueOf(row.get(0)).substring(0, MONTH), 1L, Long::sum));
        }
        return counts;
    }

    private static Map<String, Long> counted(String catalog, Force force, long release) {
        String sql = "SELECT format_datetime(searched_at, 'yyyy-MM'), count(*) FROM " + catalog + "." + force.id()
                + ".stop_and_search_searches_v1 FOR VERSION AS OF 'r" + release + "' GROUP BY 1";
        Map<String, Long> counts = new TreeMap<>();
        try (Query query =
                new TrinoQueryEngine().query(Map.of("url", TrinoServer.shared().url()), sql)) {
            for (Row row = query.next(); row != null; row = query.next()) {
                counts.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1))));
            }
        }
        return counts;
    }
}
