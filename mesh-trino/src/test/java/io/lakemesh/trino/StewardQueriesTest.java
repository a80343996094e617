package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Progress;
import io.lakemesh.run.RunRequest;
import io.lakemesh.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of docs/guide/stewards.md, as they stand there, and what they answer. */
@Tag("server")
class StewardQueriesTest {
    private static final Pattern QUERY =
            Pattern.compile("^## ([^\\n]+)\\n[^#]*?```sql\\n(.*?)```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String SALES =
            Lake.properties(Lake.ID, "{ name: amount, logicalType: integer, logicalTypeOptions: { minimum: 0 } }")
                    + """
                customProperties: [{ property: lakemesh.max-quarantined, value: 0.6 }]
                quality:
                  - { id: enough, metric: rowCount, mustBeGreaterThan: 0 }
                  - { id: many, metric: rowCount, mustBeGreaterThan: 100, severity: warning }
            """;

    @Test
    void eachQueryOfTheGuideAnswers(@TempDir Path folder) throws IOException {
        Map<String, String> queries = queries();
        try (Lake lake = Lake.onMinio(folder)) {
            long ago = -1;
            run(lake, lake.product("old", "1.0.0", SALES), Duration.ofDays(40), sales(1, 2));
            Product shop = lake.product("shop", "1.0.0", SALES);
            run(lake, shop, Duration.ofDays(8), sales(1, 2, ago));
            run(lake, shop, Duration.ZERO, sales(4, 5, ago, ago));
            run(lake, shop, Duration.ZERO, sales(ago));
            lake.mesh().sync();
            lake.mesh().sync();

            assertThat(without(4, lake.trino(query(queries, "Rows per release over time"))))
                    .containsExactly(
                            List.of("retail", "old", "sales", 1L, 2L, 2L),
                            List.of("retail", "shop", "sales", 1L, 2L, 2L),
                            List.of("retail", "shop", "sales", 2L, 4L, 2L));
            assertThat(lake.trino(query(queries, "Which checks failed most in the last 30 days")))
                    .containsExactly(
                            List.of("retail", "shop", "sales", "many", "warned", 3L),
                            List.of("retail", "shop", "sales", "enough", "failed", 1L),
                            List.of("retail", "shop", "sales", "maxQuarantined", "failed", 1L));
            assertThat(without(2, lake.trino(query(queries, "Products that were not published for 7 days"))))
                    .containsExactly(List.of("retail", "old"));
            assertThat(lake.trino(query(queries, "Rows set aside, by reason")))
                    .containsExactly(List.of("retail", "shop", "sales", "amount.minimum", 4L));
            assertThat(lake.trino(query(queries, "Runs by outcome, and how long they took")))
                    .containsExactly(
                            List.of("retail", "old", "published", 1L, 0L),
                            List.of("retail", "shop", "published", 2L, 0L),
                            List.of("retail", "shop", "refused", 1L, 0L));
            assertThat(lake.trino("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = '"
                            + lake.catalog() + "' AND schema_name = 'lakemesh' AND table_name = 'runs'"))
                    .containsExactly(List.of("Every run of every product, published or refused"));
        }
    }

    private static String query(Map<String, String> queries, String title) {
        assertThat(queries).containsKey(title).hasSize(5);
        return queries.getOrDefault(title, "");
    }

    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new HashMap<>();
        Path root = Path.of(System.getProperty("lakemesh.root", ".."));
        Matcher matcher = QUERY.matcher(Files.readString(root.resolve("docs/guide/stewards.md")));
        while (matcher.find()) {
            queries.put(matcher.group(1), matcher.group(2));
        }
        return queries;
    }

    private static List<List<@Nullable Object>> without(int column, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> rest = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> copy = new ArrayList<>(row);
            copy.remove(column);
            rest.add(copy);
        }
        return rest;
    }

    /** A run so long ago. */
    private static void run(Lake lake, Product product, Duration ago, RecordSource source) {
        Clock clock = Clock.fixed(Instant.now().minus(ago), Clock.systemUTC().getZone());
        new Runner(lake.mesh().lakehouse(), clock, "tester", Map.of())
                .publish(
                        new RunRequest(product.contract(), Map.of("sales", List.of(source)), Mode.APPEND, null, null),
                        Progress.NONE);
    }

    private static RecordSource sales(long... amounts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long amount : amounts) {
            rows.add(Map.of("id", amount < 0 ? 1000L + rows.size() : amount, "amount", amount));
        }
        return RecordSources.of("records", rows);
    }
}
