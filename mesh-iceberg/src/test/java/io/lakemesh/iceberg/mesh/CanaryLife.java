package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.records;
import static io.lakemesh.testkit.canary.CanaryProduct.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.testkit.canary.CanaryProduct;
import java.util.Map;
import java.util.stream.IntStream;

/** Everything that can become of a product's rows: published in every mode, set aside, refused, broken off, compacted, erased. */
final class CanaryLife {
    private static final String HEADER = CanaryProduct.header();

    private final Shop shop;
    private final Product product;
    private final Told told;

    CanaryLife(Shop shop, String contract, Told told) {
        this.shop = shop;
        this.product = shop.product("1.0.0", contract);
        this.told = told;
    }

    void live() {
        told.add(publish(product, Mode.APPEND, records(HEADER, row(1), row(2), row(3, "Bath", "x"), row(4, "", "1"))));
        told.add(publish(product, Mode.UPSERT, records(HEADER, row(2, "Ely", "3"), row(5, "Bath", "-1"), row(6))));
        told.add(publish(product, Mode.OVERWRITE_PARTITIONS, records(HEADER, row(2, "Hull", "3"))));
        assertThat(told.add(publish(product, Mode.APPEND, records(HEADER, row(7, CanaryProduct.REFUSED, "1"))))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        breakOff();
        told.add(product.publish()
                .input(records(HEADER, row(8), row(9, "Bath", "x")))
                .check());
        product.rollback(new ReleaseRef.Numbered(1));
        told.add(publish(product, Mode.OVERWRITE, records(HEADER, row(10), row(11))));
        assertThat(Shop.rows(product)).hasSize(2);
        assertThat(Shop.findings(product)).isEmpty();
        shop.mesh().sync();
        shop.mesh().maintenance().run(product.address(), Maintenance.OLDER_THAN);
        assertThat(product.erase().key("person", "Qanary 10").run().found()).isTrue();
    }

    /** After rows enough that some were staged and set aside. */
    private void breakOff() {
        assertThat(catchThrowable(() -> publish(
                        product,
                        Mode.APPEND,
                        RecordSources.of("broken", IntStream.range(0, 3_000).mapToObj(CanaryLife::rowOrFailure)))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Map<String, String> rowOrFailure(int id) {
        if (id == 2_999) {
            throw new IllegalStateException("Cannot convert Qanary");
        }
        return Map.of("person", "Qanary " + id, "name", "qanary", "town", "Bath", "amount", id % 2 == 0 ? "1" : "x");
    }
}
