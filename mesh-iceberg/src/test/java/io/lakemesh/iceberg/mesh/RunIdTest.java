package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Release;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same run id publishes once, whatever happened in between. */
class RunIdTest {
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

    private PublishResult publish(String runId, String... rows) {
        return product.publish().runId(runId).input(sales(rows)).run();
    }

    @Test
    void theSecondRunOfAnIdIsUnchangedWithTheFirstsRelease() {
        PublishResult first = publish("january", "1,Bath,10", "2,York,20");
        publish("february", "3,Bath,10");

        PublishResult again = publish("january", "4,Ely,40");

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.release()).isEqualTo(1);
        assertThat(again.manifest()).isEqualTo(first.manifest());
        assertThat(again.report().rows()).isEqualTo(first.report().rows());
        assertThat(again.ports()).isEqualTo(first.ports());
        assertThat(rows(product)).hasSize(3);
    }

    @Test
    void withoutAnIdTheSameInputIsPublishedOnce() throws IOException {
        Path file = shop.file(Shop.HEADER, "1,Bath,10");
        Path copy = Files.copy(file, shop.folder().resolve("copy.csv"));

        PublishResult first = product.publish().input(file).run();

        assertThat(product.publish().input(copy).run().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(product.publish().mode(Mode.UPSERT).input(file).run().runId())
                .isNotEqualTo(first.runId());
        assertThat(product.publish().input(sales("1,Bath,10")).run().runId()).isNotEqualTo(first.runId());
    }

    @Test
    void aRunThatDiedBeforeItsRecordWasWrittenIsUnchanged() throws IOException {
        PublishResult first = publish("january", "1,Bath,10", "x,Bad,1", "2,York,20", "3,York,20", "4,York,20");
        forgetRuns();

        PublishResult again = publish("january", "1,Bath,10", "x,Bad,1", "2,York,20", "3,York,20", "4,York,20");

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.release()).isEqualTo(first.release());
        assertThat(product.history().all()).hasSize(1);
        assertThat(product.quarantine().runs()).hasSize(1);
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void aRunEarlierThanTheNewestIsFoundWithoutItsRecord() throws IOException {
        publish("january", "1,Bath,10");
        publish("february", "2,Bath,10");
        publish("march", "3,Bath,10");
        forgetRuns();

        assertThat(publish("january", "9,Bath,10").release()).isEqualTo(1);
        assertThat(publish("february", "9,Bath,10").release()).isEqualTo(2);
        assertThat(product.history().runs()).hasSize(3);
    }

    @Test
    void aRepeatedRunStillResolvesWhatItDealsWith() throws IOException {
        publish("january", "1,Bath,10");
        publish("bad", "1,Bath,10");
        product.publish()
                .runId("mended")
                .resolves("bad")
                .input(sales("2,Bath,10"))
                .run();
        forgetRuns();

        product.publish()
                .runId("mended")
                .resolves("bad")
                .input(sales("2,Bath,10"))
                .run();

        assertThat(product.quarantine().resolved()).containsExactly("bad");
    }

    @Test
    void refusesAnIdThatCannotBeAPathElement() {
        assertThatThrownBy(() -> product.publish().runId("../x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid run id: expected 1 to 128 of letters, digits and . _ : + @ -");
    }

    @Test
    void manyPublishersAtOnceLoseNothing() throws Exception {
        List<PublishResult> published = together(8, thread -> publish("run-" + thread, thread + ",Bath,10"));

        assertThat(published).extracting(PublishResult::outcome).containsOnly(Outcome.PUBLISHED);
        assertThat(rows(product)).hasSize(published.size());
        assertThat(product.history().all())
                .extracting(Release::number)
                .containsExactlyElementsOf(LongStream.iterate(published.size(), n -> n > 0, n -> n - 1)
                        .boxed()
                        .toList());
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void oneRunIdAtOnceFromManyPublishesOnce() throws Exception {
        List<PublishResult> results = together(4, thread -> publish("same", "1,Bath,10", "2,Bath,10"));

        assertThat(results).extracting(PublishResult::release).containsOnly(1L);
        assertThat(results)
                .extracting(PublishResult::outcome)
                .containsOnlyOnce(Outcome.PUBLISHED)
                .isSubsetOf(Set.of(Outcome.PUBLISHED, Outcome.UNCHANGED));
        assertThat(rows(product)).containsExactly("1,Bath,10", "2,Bath,10");
        assertThat(Shop.findings(product)).isEmpty();
    }

    /** The results of those that did not end with a conflict. */
    private static List<PublishResult> together(int threads, java.util.function.IntFunction<PublishResult> action)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<PublishResult>> tasks = IntStream.range(0, threads)
                    .mapToObj(thread -> (Callable<PublishResult>) () -> action.apply(thread))
                    .toList();
            List<PublishResult> results = new ArrayList<>();
            for (Future<PublishResult> future : pool.invokeAll(tasks)) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ConflictException.class);
                }
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    /** As if every process had died right after its commit. */
    private void forgetRuns() throws IOException {
        for (Path file : Shop.filesBelow(shop.warehouse().resolve(".lakemesh").resolve("products"))) {
            Files.delete(file);
        }
    }
}
