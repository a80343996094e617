package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refused run changes nothing that a reader of the table can see, and keeps what the domain needs to see why. */
class RefusedRunTest {
    private static final String EVOLVED = Shop.SALES + "      - { name: note, logicalType: string }\n";

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** What a reader of the table can see in its metadata. */
    private List<Object> visible() {
        try (Foreign foreign = new Foreign(shop)) {
            BaseTable table = foreign.table("shop_sales_v1");
            TableMetadata metadata = table.operations().current();
            return List.of(
                    metadata.metadataFileLocation(),
                    metadata.schema().toString(),
                    metadata.schemas().size(),
                    metadata.specs().size(),
                    metadata.properties(),
                    metadata.refs().toString(),
                    metadata.currentSnapshot().snapshotId());
        }
    }

    @Test
    void leavesTheTableAsItWas() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));
        List<Object> before = visible();

        PublishResult result = publish(product, Mode.APPEND, sales("1,York,20", "x,York,20"));

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.release()).isNull();
        assertThat(result.ports()).isEmpty();
        assertThat(visible()).isEqualTo(before);
        assertThat(rows(product)).containsExactly("1,Bath,10");
    }

    @Test
    void leavesTheTableAsItWasWhenTheContractEvolved() {
        publish(shop.sales(), Mode.APPEND, sales("1,Bath,10"));
        List<Object> before = visible();

        PublishResult result = publish(
                shop.product("1.1.0", EVOLVED), Mode.APPEND, Shop.records("id,town,amount,note", "1,York,20,new"));

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(visible()).isEqualTo(before);
    }

    @Test
    void leavesNoTableWhenItIsTheFirstRun() {
        Product product = shop.sales();

        assertThat(publish(product, Mode.APPEND, sales("1,Bath,10", "1,York,20"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);

        try (Foreign foreign = new Foreign(shop)) {
            assertThat(foreign.has("shop_sales_v1")).isFalse();
        }
        assertThat(product.findHistory()).isEmpty();
        assertThat(shop.mesh().products()).isEmpty();
    }

    @Test
    void keepsItsBadRowsAndItsReportForTheDomain() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));

        publishRefused(product, "bad-run");

        RunRecord run = product.quarantine().runs().get(0);
        assertThat(run.runId()).isEqualTo("bad-run");
        assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.REFUSED);
        List<QuarantinedRow> rows = new ArrayList<>();
        product.quarantine().rows(run, rows::add);
        assertThat(rows).extracting(QuarantinedRow::line).containsExactly(2L, 3L);
        assertThat(product.quarantine().reasons(run)).isNotEmpty();
        assertThat(product.history().report(String.valueOf(run.report())).rows().quarantined())
                .isEqualTo(2);
    }

    @Test
    void isDealtWithByARunThatResolvesIt() {
        Product product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));
        publishRefused(product, "bad-run");
        assertThat(product.quarantine().resolved()).isEmpty();

        PublishResult mended = product.publish()
                .runId("good-run")
                .resolves("bad-run")
                .input(sales("2,York,20", "3,York,5"))
                .run();

        assertThat(mended.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(product.quarantine().resolved()).containsExactly("bad-run");
    }

    @Test
    void canBePublishedUnderItsIdOnceItsInputIsMended() {
        Product product = shop.sales();
        publishRefused(product, "monthly");

        PublishResult mended =
                product.publish().runId("monthly").input(sales("2,York,20")).run();

        assertThat(mended.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(product.quarantine().runs()).isEmpty();
        assertThat(product.history().runs())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.PUBLISHED);
        assertThat(Shop.findings(product)).isEmpty();
    }

    private static void publishRefused(Product product, String runId) {
        PublishResult result = product.publish()
                .runId(runId)
                .input(sales("2,York,20", "x,York,20", "3,York,-1"))
                .run();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.report().rows().read()).isEqualTo(3);
        assertThat(result.report().rows().quarantined()).isEqualTo(2);
        assertThat(result.report().rows().withheld()).isEqualTo(1);
    }
}
