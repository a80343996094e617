package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.filesBelow;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.history.Release;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.run.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition keeps a read from opening files that hold no such row, and from nothing else. */
class ReadPruningTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"town = 'Bath'", "town in ('Bath', 'Ely')", "town is not null and town <> 'York'"})
    void opensOnlyThePartitionsThatMayHoldSuchRows(String condition) throws IOException {
        opensOnlyTheFilesOfTheLast(
                "    customProperties: [{ property: lakemesh.partition, value: [town] }]\n" + Shop.SALES, condition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount > 30", "amount between 40 and 45", "not (id < 4)", "id in (4, 7)"})
    void opensOnlyTheFilesWhoseBoundsMayHoldSuchRows(String condition) throws IOException {
        opensOnlyTheFilesOfTheLast(Shop.SALES, condition);
    }

    private void opensOnlyTheFilesOfTheLast(String contract, String condition) throws IOException {
        try (Shop shop = new Shop(folder)) {
            Product product = shop.product("1.0.0", contract);
            publish(product, Mode.APPEND, sales("1,York,10", "2,York,20", "3,,30"));
            List<Path> others = filesBelow(shop.warehouse().resolve("retail/shop_sales_v1/data"));
            publish(product, Mode.APPEND, sales("4,Bath,40"));
            for (Path file : others) {
                Files.delete(file);
            }

            assertThat(rows(product.read().where(condition))).containsExactly("4,Bath,40");
            assertThatThrownBy(() -> rows(product)).isInstanceOf(IntegrityException.class);
        }
    }

    @Test
    void readsTheNewestReleaseAsItsManifestHasItWithoutReadingThat() throws IOException {
        try (Shop shop = new Shop(folder)) {
            publish(shop.sales(), Mode.APPEND, sales("1,York,10", "2,Bath,20"));
            String more = Shop.SALES + "      - { name: note, logicalType: string }\n";
            Product product = shop.product("1.1.0", more);
            publish(product, Mode.UPSERT, Shop.records("id,town,amount,note", "2,Bath,21,new"));
            product.rollback(new ReleaseRef.Numbered(1));
            Release newest = product.history().latest();

            assertThat(product.history().readableTables(new ReleaseRef.Latest()))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("files")
                    .isEqualTo(newest.manifest().tables());
            Path manifest = shop.warehouse().resolve(".lakemesh").resolve(ObjectStore.path(newest.digest()));
            Files.writeString(manifest, "damaged");
            assertThat(rows(product)).containsExactly("1,York,10", "2,Bath,20");
            assertThat(Shop.findings(product)).anyMatch(finding -> finding.contains("Digest does not hold"));
        }
    }

    @Test
    void opensEveryFileOfAReleaseFromBeforeItsColumnsChanged() {
        try (Shop shop = new Shop(folder)) {
            publish(shop.sales(), Mode.APPEND, sales("1,York,10", "2,Bath,20"));
            String more = Shop.SALES + "      - { name: note, logicalType: string }\n";
            Product product = shop.product("1.1.0", more);
            publish(product, Mode.UPSERT, Shop.records("id,town,amount,note", "2,Bath,21,new"));

            assertThat(rows(product.read().release(1).where("amount > 10"))).containsExactly("2,Bath,20");
            assertThat(rows(product.read().where("note is null"))).containsExactly("1,York,10,null");
            assertThat(rows(product.read().where("amount > 10"))).containsExactly("2,Bath,21,new");
        }
    }
}
