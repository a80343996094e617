package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Diff;
import io.lakemesh.history.Diff.TableDiff;
import io.lakemesh.history.Release;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases are found, compared and rolled back to; none is ever lost. */
class HistoryTest {
    private Shop shop;
    private Product product;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.sales();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void publishTwice() {
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,York,20"));
        publish(product, Mode.UPSERT, sales("2,Ely,21", "3,Hull,30"));
    }

    private static ReleaseRef ref(String text) {
        return ReleaseRef.parse(text);
    }

    @Test
    void aReleaseIsFoundByNumberTagTimeAndSnapshot() {
        publishTwice();
        Release first = product.history().find(ref("1"));
        Release second = product.history().find(ref("latest"));

        assertThat(product.history().find(ref("r1"))).isEqualTo(first);
        assertThat(product.history().find(ref(second.manifest().publishedAt().toString())))
                .isEqualTo(second);
        assertThat(product.history()
                        .find(ref(second.manifest().publishedAt().minusNanos(1).toString())))
                .isEqualTo(first);
        assertThat(product.history().find(ref("2100-01-01"))).isEqualTo(second);
        long snapshot = first.manifest().tables().get(0).snapshotId();
        assertThat(product.history().find(ref("snapshot:" + snapshot))).isEqualTo(first);
        assertThat(rows(product.read().release(ref("snapshot:" + snapshot)))).containsExactly("1,Bath,10", "2,York,20");
    }

    @Test
    void anUnknownReleaseIsAnErrorThatSaysWhichThereAre() {
        publishTwice();
        Map<String, String> unknown =
                Map.of("r9", "r9", "2001-01-01T00:00:00Z", "as of 2001-01-01T00:00:00Z", "snapshot:5", "snapshot:5");
        unknown.forEach(
                (text, shown) -> assertThatThrownBy(() -> product.history().find(ref(text)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("Cannot find release " + shown + " of retail/shop: its releases are 1 to 2"));
        for (String text :
                List.of("0", "x", "snapshot:", "2026-13-01", "99999999999999999999", "snapshot:9999999999999999999")) {
            assertThatThrownBy(() -> ref(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Invalid release '" + text + "': expected a number");
        }
    }

    @Test
    void aProductThatWasNotPublishedHasNoHistory() {
        assertThat(product.findHistory()).isEmpty();
        assertThatThrownBy(product::history)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot find a release of retail/shop: nothing was published yet");
        assertThatThrownBy(() -> shop.mesh().product("retail/shop"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot find product 'retail/shop'");
    }

    @Test
    void aPublishedProductIsKnownByItsAddress() {
        publishTwice();

        Product known = shop.mesh().product("retail/shop");

        assertThat(known.address()).isEqualTo(product.address());
        assertThat(known.contract().tables()).hasSize(1);
        assertThat(rows(known)).hasSize(3);
        assertThat(known.plan().isEmpty()).isTrue();
        assertThatThrownBy(() -> shop.mesh().product("retail/shopp"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'retail/shop'");
    }

    @Test
    void rollbackIsANewReleaseAndPublishingGoesOnFromThere() {
        publishTwice();

        PublishResult back = product.rollback(ref("1"));

        assertThat(back.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(back.release()).isEqualTo(3);
        assertThat(rows(product)).containsExactly("1,Bath,10", "2,York,20");
        assertThat(publish(product, Mode.APPEND, sales("3,Rye,31")).release()).isEqualTo(4);
        assertThat(rows(product)).containsExactly("1,Bath,10", "2,York,20", "3,Rye,31");
        assertThat(rows(product, 2)).containsExactly("1,Bath,10", "2,Ely,21", "3,Hull,30");
        assertThat(product.history().all())
                .extracting(release -> release.manifest().kind())
                .containsExactly(
                        Manifest.Kind.PUBLISH, Manifest.Kind.ROLLBACK, Manifest.Kind.PUBLISH, Manifest.Kind.PUBLISH);
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void rollbackToWhereItIsChangesNothing() {
        publishTwice();
        assertThat(product.rollback(ref("2")).outcome()).isEqualTo(Outcome.UNCHANGED);
        product.rollback(ref("1"));

        PublishResult again = product.rollback(ref("1"));

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.release()).isEqualTo(3);
    }

    @Test
    void rollbackToARollbackPointsToTheSameRows() {
        publishTwice();
        product.rollback(ref("1"));
        product.rollback(ref("2"));
        assertThat(product.rollback(ref("3")).release()).isEqualTo(5);

        assertThat(rows(product)).containsExactly("1,Bath,10", "2,York,20");
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void diffTellsRowsByPrimaryKey() {
        publishTwice();
        publish(product, Mode.OVERWRITE, sales("2,Ely,22", "3,Hull,30"));

        TableDiff diff = product.diff(ref("1"), ref("3")).tables().get(0);

        assertThat(diff.keyed()).isTrue();
        assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(1L, 1L, 1L);
        assertThat(diff.columns()).containsExactly(Map.entry("amount", 1L), Map.entry("town", 1L));
        assertThat(diff.rows()).hasSize(3);
        TableDiff none = product.diff(ref("2"), ref("2")).tables().get(0);
        assertThat(List.of(none.added(), none.removed(), none.changed())).containsExactly(0L, 0L, 0L);
    }

    @Test
    void diffWithoutAKeyTellsWholeRowsAsOftenAsTheyAreThere() {
        Product keyless = shop.product("1.0.0", Shop.SALES.replace(", primaryKey: true, primaryKeyPosition: 1", ""));
        publish(keyless, Mode.APPEND, sales("1,Bath,10", "1,Bath,10", "2,York,20"));
        publish(keyless, Mode.OVERWRITE, sales("1,Bath,10", "2,York,21", "2,York,21"));

        TableDiff diff = keyless.diff(ref("1"), ref("2")).tables().get(0);

        assertThat(diff.keyed()).isFalse();
        assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(2L, 2L, 0L);
    }

    @Test
    void diffOfManyRowsIsExactAndShowsTheFirst() {
        publish(product, Mode.APPEND, Shop.records(Shop.HEADER, lines(0, 20_000, 1)));
        publish(product, Mode.OVERWRITE, Shop.records(Shop.HEADER, lines(5_000, 30_000, 2)));

        TableDiff diff = product.diff(ref("1"), ref("2")).tables().get(0);

        assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(10_000L, 5_000L, 15_000L);
        assertThat(diff.columns()).containsExactly(Map.entry("amount", 15_000L));
        assertThat(diff.rows()).hasSize(Diff.SHOWN);
    }

    private static String[] lines(int from, int to, int amount) {
        return IntStream.range(from, to).mapToObj(id -> id + ",Bath," + amount).toArray(String[]::new);
    }

    @Test
    void diffTellsSchemaAndChecks() {
        Product counted = shop.product(
                "1.0.0", Shop.SALES + "    quality: [{ id: enough, metric: rowCount, mustBeGreaterThan: 0 }]\n");
        publish(counted, Mode.APPEND, sales("1,Bath,10"));
        Product evolved = shop.product(
                "1.1.0",
                Shop.SALES + "      - { name: note, logicalType: string }\n"
                        + "    quality: [{ id: enough, metric: rowCount, mustBeGreaterThan: 0 }]\n");
        publish(evolved, Mode.APPEND, sales("2,Bath,10", "3,Bath,10"));

        Diff diff = evolved.diff(ref("1"), ref("2"));

        assertThat(diff.tables().get(0).schema())
                .singleElement()
                .asString()
                .contains("note")
                .endsWith("is new");
        assertThat(diff.checks()).contains(new Diff.CheckDiff("sales", "enough", "passed 1", "passed 2"));
        assertThat(diff.from()).isEqualTo(1);
        assertThat(diff.to()).isEqualTo(2);
    }

    @Test
    void releasesAreDatedInOrder() {
        Instant before = Instant.now();
        publishTwice();

        assertThat(product.history().all())
                .extracting(release -> release.manifest().publishedAt())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .allMatch(time -> !time.isBefore(before));
    }
}
