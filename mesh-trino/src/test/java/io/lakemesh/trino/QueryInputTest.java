package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.batch.QueryEvidence.TableRead;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.provenance.Input;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.testkit.server.TrinoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries as inputs of runs: streamed, over several sources, and provable. */
@Tag("server")
class QueryInputTest {
    private static final String SALES =
            """
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: town, logicalType: string }
            """;
    private static final String REGIONS =
            """
                properties:
                  - { name: region, logicalType: string, required: true }
                  - { name: sold, logicalType: integer }
            """;

    private Lake lake;
    private String towns;

    @BeforeEach
    void open(@TempDir Path folder) {
        lake = Lake.onDisk(folder);
        towns = TrinoServer.shared().postgres(lake.database()) + ".public.towns";
        TrinoServer.shared()
                .run(
                        "CREATE TABLE " + towns
                                + " AS SELECT * FROM (VALUES ('Bath', 'West'), ('York', 'North'), ('Leeds', 'North')) t (town, region)");
        publish(1, "Bath", "York", "Leeds");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private PublishResult publish(long firstId, String... sold) {
        List<Map<String, Object>> records = LongStream.range(0, sold.length)
                .mapToObj(i -> Map.<String, Object>of("id", firstId + i, "town", sold[(int) i]))
                .toList();
        return lake.product("shop", "1.0.0", SALES)
                .publish()
                .input(RecordSources.of("sold", records))
                .run();
    }

    private String soldByRegion(String version, String order) {
        return "SELECT region, count(*) AS sold FROM shop_sales_v1 " + version + " JOIN " + towns
                + " USING (town) GROUP BY region ORDER BY " + order;
    }

    @Test
    void aProductJoinsATableOfAnotherSource() {
        assertThat(lake.trino(soldByRegion("", "region"))).containsExactly(List.of("North", 2L), List.of("West", 1L));
    }

    @Test
    void publishesTheRowsOfAQueryAndSaysWhatItRead() {
        String query = soldByRegion("", "region");
        Product regions = lake.product("regions", "1.0.0", REGIONS);

        PublishResult result =
                regions.publish().input("sales", "trino:" + query).run();

        assertThat(result.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(Lake.ours(regions.read())).containsExactly(List.of("North", 2L), List.of("West", 1L));
        assertThat(inputs(regions)).singleElement().satisfies(input -> {
            assertThat(input.object()).isEqualTo("sales");
            assertThat(input.evidence().name()).startsWith("trino query ");
            assertThat(input.evidence().rows()).isEqualTo(2);
            assertThat(input.evidence().queried())
                    .contains(new QueryEvidence(query, List.of(shopAt(snapshotOfRelease(1)))));
        });
        assertThat(regions.verify(new ReleaseRef.Latest()).findings()).isEmpty();
    }

    @Test
    void saysWhichReleaseATimeTravellingQueryRead() {
        publish(11, "Bath");
        Product regions = lake.product("regions", "1.0.0", REGIONS);

        regions.publish()
                .input("trino:" + soldByRegion("FOR VERSION AS OF 'r1'", "region"))
                .run();

        assertThat(Lake.ours(regions.read())).containsExactly(List.of("North", 2L), List.of("West", 1L));
        assertThat(inputs(regions).get(0).evidence().queried().orElseThrow().tables())
                .containsExactly(shopAt(snapshotOfRelease(1)));
    }

    @Test
    void saysWhatAQueryReadThroughAView() {
        TrinoServer.shared()
                .run("CREATE VIEW " + lake.catalog() + ".retail.names AS SELECT town FROM " + lake.catalog()
                        + ".retail.shop_sales_v1");
        RawBatch batch = new RawBatch();
        try (RecordReader reader =
                source("SELECT town FROM names WHERE town LIKE 'B%'").open()) {
            assertThat(reader.read(batch)).isTrue();
            assertThat(batch.size()).isEqualTo(1);
            assertThat(reader.read(batch)).isFalse();
            assertThat(reader.evidence().get(0).queried().orElseThrow().tables())
                    .containsExactly(shopAt(snapshotOfRelease(1)));
        }
    }

    @Test
    void theSameRowsInAnotherOrderAreTheSameRun() {
        Product regions = lake.product("regions", "1.0.0", REGIONS);
        PublishResult first =
                regions.publish().input("trino:" + soldByRegion("", "region")).run();

        PublishResult again = regions.publish()
                .input("trino:" + soldByRegion("", "region DESC"))
                .run();
        publish(11, "Bath");
        PublishResult other =
                regions.publish().input("trino:" + soldByRegion("", "region")).run();

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.runId()).isEqualTo(first.runId());
        assertThat(other.outcome()).isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void readsOneSnapshotWhileOthersPublish() {
        String query = "SELECT a.id FROM shop_sales_v1 a CROSS JOIN UNNEST(sequence(1, 2000))";
        RawBatch batch = new RawBatch();
        long rows = 0;
        try (RecordReader reader = source(query).open()) {
            while (reader.read(batch)) {
                if (rows == 0) {
                    publish(11, "Bath");
                }
                rows += batch.size();
            }
            InputEvidence evidence = reader.evidence().get(0);
            assertThat(evidence.queried().orElseThrow().tables()).containsExactly(shopAt(snapshotOfRelease(1)));
            assertThat(evidence.rows()).isEqualTo(rows).isEqualTo(6000);
        }
        assertThat(lake.trino("SELECT count(*) FROM shop_sales_v1")).containsExactly(List.of(4L));
    }

    @Test
    void refusesWhatWrites() {
        RawBatch batch = new RawBatch();
        try (RecordReader reader = source("DELETE FROM shop_sales_v1").open()) {
            assertThatThrownBy(() -> reader.read(batch))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            "Cannot read trino query \\w+: Cannot execute write in a read-only transaction .*");
        }
        assertThat(lake.trino("SELECT count(*) FROM shop_sales_v1")).containsExactly(List.of(3L));
    }

    @Test
    void saysWhereAQueryIsWrong() {
        Product regions = lake.product("regions", "1.0.0", REGIONS);

        assertThatThrownBy(() -> regions.publish()
                        .input("trino:SELECT nothing FROM shop_sales_v1")
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("Cannot read trino query \\w+: line 1:8: Column 'nothing' cannot be resolved .*");
        assertThat(lake.mesh().products()).hasSize(1);
    }

    @Test
    void aFailureAmongTheRowsShowsNoValue() {
        Product regions = lake.product("regions", "1.0.0", REGIONS);

        assertThatThrownBy(() -> regions.publish()
                        .input("trino:SELECT town AS region, CAST(town AS bigint) AS sold FROM shop_sales_v1")
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "Cannot read trino query \\w+: Trino's error 9; its web interface says more of query \\w+")
                .hasNoCause();
    }

    private TrinoSource source(String query) {
        return (TrinoSource) new TrinoQueryEngine().source(lake.settings(), query);
    }

    private TableRead shopAt(long snapshot) {
        return new TableRead(lake.catalog() + ".retail.shop_sales_v1", snapshot);
    }

    private long snapshotOfRelease(long release) {
        return lake.mesh()
                .product("retail/shop")
                .history()
                .find(new ReleaseRef.Numbered(release))
                .manifest()
                .tables()
                .get(0)
                .snapshotId();
    }

    private static List<Input> inputs(Product product) {
        return product.history().find(new ReleaseRef.Latest()).manifest().inputs();
    }
}
