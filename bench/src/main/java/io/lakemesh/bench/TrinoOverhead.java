package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import io.lakemesh.governance.opa.OpaPush;
import io.lakemesh.governance.trino.TrinoConfig;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.Query;
import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.server.OpaServer;
import io.lakemesh.testkit.server.PostgresServer;
import io.lakemesh.testkit.server.TrinoServer;
import io.lakemesh.trino.TrinoQueryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Trino's queries cost under the policy: of one and the same table, in turn, on a Trino without access control, as a steward
 * who sees everything, and as an analyst with a row filter that all rows pass and five masked columns.
 */
final class TrinoOverhead {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 6;
    private static final Subject STEWARD = Subject.of("sam", "steward");
    private static final Subject ANALYST = Subject.of("ann", "analyst");

    /** Over the options of a server of tests, which compiles little. */
    private static final Map<String, String> COMPILED = Map.of("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4 -Xmx2G");

    private static final String MASKED = "searched_at, latitude, longitude, age_range, outcome";
    private static final Map<String, String> QUERIES = queries();

    private TrinoOverhead() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put(
                "aggregate of all rows",
                "SELECT legislation, object_of_search, count(*), max(id) FROM searches_searches_v1 GROUP BY 1, 2");
        queries.put("one row by its id", "SELECT * FROM searches_searches_v1 WHERE id = 12345");
        queries.put(
                "every masked value",
                "SELECT checksum(row(" + MASKED + ")), count(latitude), count(outcome) FROM searches_searches_v1");
        queries.put("100,000 rows of masked columns", "SELECT " + MASKED + " FROM searches_searches_v1 LIMIT 100000");
        return queries;
    }

    /** Measures with a CSV file of {@link Input} and an empty folder for the mesh. */
    public static void main(String[] arguments) {
        PostgresServer.Database database = PostgresServer.shared().database();
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        try (Mesh mesh = mesh(folder, database);
                OpaServer opa = OpaServer.start()) {
            mesh.product(Path.of("bench", "product"))
                    .publish()
                    .input(arguments[0])
                    .run();
            new OpaPush(opa.url(), Duration.ofSeconds(5))
                    .push(OpaBundle.build(GovernedTable.of(mesh), List.of("lake"), List.of()));
            try (TrinoServer open = open(mesh, database);
                    TrinoServer governed = governed(mesh, opa, database)) {
                QUERIES.forEach((name, sql) -> measure(name, sql, open, governed));
            }
        }
    }

    private static Mesh mesh(Path folder, PostgresServer.Database database) {
        ProductFiles.write(folder.resolve("password"), database.password());
        return Mesh.open(ProductFiles.write(
                folder.resolve("mesh.yaml"),
                "catalog: { type: jdbc, uri: \"%s\", user: %s, password: \"${file:password}\" }%n"
                        .formatted(database.url(), database.user())));
    }

    private static TrinoServer open(Mesh mesh, PostgresServer.Database database) {
        TrinoConfig config = config(mesh, "http://127.0.0.1");
        return TrinoServer.start(TrinoConfig.SERVER, environment(config, database), folder -> {
            config.write(folder);
            ProductFiles.write(folder.resolve("access-control.properties"), "access-control.name=default\n");
        });
    }

    private static TrinoServer governed(Mesh mesh, OpaServer opa, PostgresServer.Database database) {
        TrinoConfig config = config(mesh, opa.url());
        for (Subject subject : List.of(STEWARD, ANALYST)) {
            config.user(subject.user(), subject.groups());
        }
        return TrinoServer.start(TrinoConfig.SERVER, environment(config, database), config::write);
    }

    private static TrinoConfig config(Mesh mesh, String opa) {
        return TrinoConfig.of(opa)
                .catalog("lake", mesh.config().catalog(), mesh.config().warehouse());
    }

    private static Map<String, String> environment(TrinoConfig config, PostgresServer.Database database) {
        Map<String, String> environment = new LinkedHashMap<>(COMPILED);
        config.environment().forEach(variable -> environment.put(variable, database.password()));
        return environment;
    }

    /** In an order that turns from round to round, and the open server as often as the governed one until all is compiled. */
    private static void measure(String name, String sql, TrinoServer open, TrinoServer governed) {
        double[][] seconds = new double[3][ROUNDS];
        double[][] ratios = new double[3][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double[] taken = new double[3];
            for (int turn = 0; turn < taken.length; turn++) {
                int who = Math.floorMod(round + turn, taken.length);
                taken[who] = seconds(who == 0 ? open : governed, who == 2 ? ANALYST : STEWARD, sql);
            }
            for (int who = 0; round >= 0 && who < taken.length; who++) {
                seconds[who][round] = taken[who];
                ratios[who][round] = taken[who] / taken[0];
            }
            if (round < 0) {
                seconds(open, STEWARD, sql);
            }
        }
        System.out.printf(
                "%-32s open %6.3f s, steward %6.3f s (%.2f x), analyst %6.3f s (%.2f x)%n",
                name, median(seconds[0]), median(seconds[1]), median(ratios[1]), median(seconds[2]), median(ratios[2]));
    }

    private static double seconds(TrinoServer trino, Subject subject, String sql) {
        long start = System.nanoTime();
        long rows = 0;
        Map<String, String> settings = Map.of("url", trino.url() + "/lake/bench", "user", subject.user());
        try (Query query = new TrinoQueryEngine().query(settings, sql)) {
            while (query.next() != null) {
                rows++;
            }
        }
        if (rows == 0) {
            throw new IllegalStateException("no row was read: " + sql);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
