package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.Publish;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trino reads each release as we do: tags, modes, evolution, rollbacks; and the words of the contract. */
@Tag("server")
class PublishedReleasesTest {
    private static final String SALES = Lake.properties(
            Lake.ID,
            "{ name: town, logicalType: string, description: Where it was sold }",
            "{ name: amount, logicalType: integer, physicalType: int, logicalTypeOptions: { minimum: 0 } }");

    private static Lake lake;

    @BeforeAll
    static void open(@TempDir Path folder) {
        lake = Lake.onMinio(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    @Test
    void releasesAreTagsThatTrinoTravelsTo() {
        Product product = lake.product("tagged", "1.0.0", SALES);
        publish(product, Mode.APPEND, sale(1, "Bath", 10));
        publish(product, Mode.APPEND, sale(2, "York", 20));
        publish(product, Mode.OVERWRITE, sale(3, "Ely", 30));
        Lake.published(product.rollback(new ReleaseRef.Numbered(2)));

        for (long release = 1; release <= 4; release++) {
            assertThat(lake.trino("SELECT * FROM tagged_sales_v1 FOR VERSION AS OF 'r" + release + "' ORDER BY id"))
                    .isEqualTo(Lake.sorted(Lake.ours(product.read().release(release))))
                    .hasSize(List.of(1, 2, 1, 2).get((int) release - 1));
        }
        lake.assertReadsAlike(product, "tagged_sales_v1");
    }

    @Test
    void aRefusedRunShowsNothing() {
        Product product = lake.product("refused", "1.0.0", SALES);
        publish(product, Mode.APPEND, sale(1, "Bath", 10));

        PublishResult refused = product.publish().input(sale(2, "York", -1)).run();

        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        lake.assertReadsAlike(product, "refused_sales_v1");
        assertThat(lake.trino("SELECT name FROM \"refused_sales_v1$refs\" ORDER BY name"))
                .containsExactly(List.of("main"), List.of("r1"));
        assertThat(lake.trino("SELECT count(*) FROM refused_sales_v1")).containsExactly(List.of(1L));
        assertThat(lake.trino("SELECT run_id, line, record['town'], reasons[1].rule FROM refused_sales_v1_quarantine"))
                .containsExactly(List.of(refused.runId(), 1L, "York", "amount.minimum"));
    }

    @Test
    void erasedRowsAreInNoRelease() {
        Product product = lake.product("erased", "1.0.0", SALES);
        publish(product, Mode.APPEND, sale(1, "Bath", 10), sale(2, "York", 20), sale(3, "Ely", 30));
        publish(product, Mode.APPEND, sale(4, "York", 40), sale(5, "Ely", 50));
        publish(product, Mode.UPSERT, sale(3, "Rye", 31), sale(4, "Rye", 41));
        Lake.published(product.rollback(new ReleaseRef.Numbered(2)));

        assertThat(product.erase().key("town", "York").run().found()).isTrue();

        for (long release = 1; release <= 4; release++) {
            assertThat(lake.trino("SELECT * FROM erased_sales_v1 FOR VERSION AS OF 'r" + release + "' ORDER BY id"))
                    .isEqualTo(Lake.sorted(Lake.ours(product.read().release(release))))
                    .hasSize(List.of(2, 3, 4, 3).get((int) release - 1));
        }
        assertThat(lake.trino("SELECT count(*) FROM \"erased_sales_v1$files\"")).isNotEmpty();
        publish(product, Mode.UPSERT, sale(1, "Bath", 11));
        lake.assertReadsAlike(product, "erased_sales_v1");
    }

    @Test
    void upsertsDeleteWhatTheyReplace() {
        Product product = lake.product("upserted", "1.0.0", SALES);
        publish(product, Mode.APPEND, sale(1, "Bath", 10), sale(2, "York", 20), sale(3, "Ely", 30));
        publish(product, Mode.UPSERT, sale(2, "Ripon", 21), sale(4, "Wells", 40));
        publish(product, Mode.UPSERT, sale(2, "Truro", 22));

        lake.assertReadsAlike(product, "upserted_sales_v1");
        assertThat(lake.trino("SELECT town FROM upserted_sales_v1 WHERE id = 2"))
                .containsExactly(List.of("Truro"));
        assertThat(lake.trino("SELECT count(*) FROM \"upserted_sales_v1$files\" WHERE content = 1"))
                .isNotEqualTo(List.of(List.of(0L)));
        assertThat(lake.trino("SELECT count(*) FROM upserted_sales_v1 FOR VERSION AS OF 'r1' WHERE town = 'York'"))
                .containsExactly(List.of(1L));
    }

    @Test
    void evolvedTablesReadAlikeInEachRelease() {
        Product first = lake.product("evolved", "1.0.0", SALES);
        publish(first, Mode.APPEND, sale(1, "Bath", 10));
        Product wider = lake.product(
                "evolved",
                "1.1.0",
                SALES.replace(", physicalType: int", "")
                        + "      - { name: share, logicalType: number, physicalType: float }\n"
                        + "      - { name: price, logicalType: number, physicalType: \"decimal(9, 2)\" }\n");
        publish(
                wider,
                Mode.APPEND,
                source(Map.of(
                        "id",
                        2L,
                        "town",
                        "York",
                        "amount",
                        Long.MAX_VALUE,
                        "share",
                        0.1f,
                        "price",
                        new BigDecimal("1.50"))));
        Product widest = lake.product(
                "evolved",
                "1.2.0",
                SALES.replace(", physicalType: int", "")
                        + "      - { name: share, logicalType: number }\n"
                        + "      - { name: price, logicalType: number, physicalType: \"decimal(18, 2)\" }\n");
        publish(
                widest,
                Mode.APPEND,
                source(Map.of("id", 3L, "amount", 1L, "share", 0.1, "price", new BigDecimal("1234567890.50"))));

        lake.assertReadsAlike(widest, "evolved_sales_v1");
        for (long release = 1; release <= 3; release++) {
            assertThat(lake.trino("SELECT * FROM evolved_sales_v1 FOR VERSION AS OF 'r" + release + "' ORDER BY id"))
                    .isEqualTo(Lake.sorted(Lake.ours(widest.read().release(release))));
        }
        assertThat(lake.trino("SHOW CREATE TABLE evolved_sales_v1").toString()).contains("format_version = 2");
    }

    @Test
    void aRenamedColumnReadsUnderItsNewNameInTheNextMajorsTable() {
        Product first = lake.product("renamed", "1.0.0", SALES);
        publish(first, Mode.APPEND, sale(1, "Bath", 10));
        Product second = lake.product(
                "renamed",
                "2.0.0",
                SALES.replace(
                        "name: town,",
                        "name: city, customProperties: [{ property: lakemesh.renamed-from, value: town }],"));
        publish(second, Mode.APPEND, source(Map.of("id", 1L, "city", "York", "amount", 5)));

        lake.assertReadsAlike(second, "renamed_sales_v2");
        assertThat(lake.trino("SELECT city FROM renamed_sales_v2")).containsExactly(List.of("York"));
        assertThat(lake.trino("SELECT town FROM renamed_sales_v1")).containsExactly(List.of("Bath"));
    }

    @Test
    void commentsAreTheContractsDescriptionsAndFollowThem() {
        String described = "    description: What was sold, and where.\n" + SALES;
        publish(lake.product("described", "1.0.0", described), Mode.APPEND, sale(1, "Bath", 10));
        assertThat(comments("described_sales_v1")).containsExactly("What was sold, and where.", "Where it was sold");

        publish(
                lake.product(
                        "described",
                        "1.0.1",
                        described
                                .replace("What was sold, and where.", "Sales")
                                .replace("Where it was sold", "The shop's town")),
                Mode.APPEND,
                sale(2, "Bath", 10));
        assertThat(comments("described_sales_v1")).containsExactly("Sales", "The shop's town");

        publish(lake.product("described", "1.0.2", SALES), Mode.APPEND, sale(3, "Bath", 10));
        assertThat(comments("described_sales_v1")).containsExactly(null, "Where it was sold");
    }

    private static List<@Nullable Object> comments(String table) {
        List<@Nullable Object> comments =
                new ArrayList<>(lake.trino("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = '"
                                + lake.catalog() + "' AND schema_name = 'retail' AND table_name = '" + table + "'")
                        .get(0));
        comments.addAll(lake.trino("SELECT comment FROM information_schema.columns WHERE table_schema = 'retail'"
                        + " AND table_name = '" + table + "' AND column_name = 'town'")
                .get(0));
        return comments;
    }

    private static void publish(Product product, Mode mode, RecordSource... sources) {
        Publish publish = product.publish().mode(mode);
        Arrays.stream(sources).forEach(publish::input);
        Lake.published(publish.run());
    }

    private static RecordSource sale(long id, String town, int amount) {
        return source(Map.of("id", id, "town", town, "amount", amount));
    }

    private static RecordSource source(Map<String, Object> record) {
        return RecordSources.of("records", List.of(record));
    }
}
