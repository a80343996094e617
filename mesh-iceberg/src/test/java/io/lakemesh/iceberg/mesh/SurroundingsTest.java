package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.run.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around us is told by its place, its cause and what to do. */
class SurroundingsTest {
    private Shop shop;
    private Product product;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));
        publish(product, Mode.APPEND, sales("2,York,20"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whateverReadsADataFileThatIsGoneNamesIt() throws Exception {
        Path gone = Shop.filesBelow(shop.warehouse()).stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        Files.delete(gone);

        List<ThrowingCallable> readers = List.of(
                () -> Shop.rows(product),
                () -> publish(product, Mode.APPEND, sales("3,Ely,30")),
                () -> publish(product, Mode.UPSERT, sales("1,Ely,30")),
                () -> product.diff(new ReleaseRef.Numbered(1), new ReleaseRef.Numbered(2)));
        for (ThrowingCallable reader : readers) {
            assertThatThrownBy(reader).isInstanceOf(IntegrityException.class).hasMessageContaining(gone.toString());
        }
        assertThat(Shop.findings(product)).anyMatch(finding -> finding.startsWith(gone.toString()));
        assertThat(product.history().all()).hasSize(2);
    }

    @Test
    void aClockFarBehindTheLastPublishersIsNamedAtOnce() {
        setLastPublishersClock(System.currentTimeMillis() + 3_630_000);

        List<ThrowingCallable> writers = List.of(
                () -> publish(product, Mode.APPEND, sales("3,Ely,30")),
                () -> product.rollback(new ReleaseRef.Numbered(1)));
        for (ThrowingCallable writer : writers) {
            assertThatThrownBy(writer)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage(
                            "Cannot publish to table retail.shop_sales_v1: this machine's clock is 60 min behind the"
                                    + " last publisher's; set both by NTP, or try again when it has caught up");
        }
        assertThat(Shop.rows(product)).containsExactly("1,Bath,10", "2,York,20");
    }

    private void setLastPublishersClock(long millis) {
        try (Foreign foreign = new Foreign(shop)) {
            TableOperations operations = foreign.table("shop_sales_v1").operations();
            TableMetadata now = operations.current();
            String later = TableMetadataParser.toJson(now)
                    .replaceFirst("\"last-updated-ms\":\\d+", "\"last-updated-ms\":" + millis);
            operations.commit(now, TableMetadataParser.fromJson(now.metadataFileLocation(), later));
        }
    }
}
