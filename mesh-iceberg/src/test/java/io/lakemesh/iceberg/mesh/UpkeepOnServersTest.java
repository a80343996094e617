package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.maintenance.ErasureResult;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Mode;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance and erasure of a product of two tables with hidden partitions, on the catalogs and storage that are servers. */
class UpkeepOnServersTest {
    private static final ProductAddress SHOP = new ProductAddress("retail", "shop");
    private static final String NUMBER = "917263544839";
    private static final String HEADER = "id,person,day";
    private static final String SALES =
            """
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.9 }
                  - { property: lakemesh.partition, value: [month(day), "bucket(2, id)"] }
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: person, logicalType: integer }
                  - { name: day, logicalType: date, required: true }
            """;

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Servers {
        private final Surroundings surroundings;
        private Shop shop;

        Servers(Storage storage, Catalogs catalogs) {
            this.surroundings = new Surroundings(storage, catalogs);
        }

        @BeforeEach
        void open(@TempDir Path folder) {
            shop = new Shop(folder, surroundings.mesh(folder));
        }

        @AfterEach
        void close() {
            shop.close();
        }

        @AfterAll
        void stop() {
            surroundings.close();
        }

        /** Ten releases, of which the person is in most. */
        private Product history() {
            Product product = shop.product("1.0.0", Map.of("sales", SALES, "stock", Shop.SALES));
            for (int i = 1; i <= 6; i++) {
                String[] rows = {
                    i + ",1,2026-01-0" + i, (i + 10) + "," + NUMBER + ",2026-01-11", "x," + NUMBER + ",2026-02-01"
                };
                product.publish()
                        .input("sales", records(HEADER, rows))
                        .input("stock", Shop.sales(i + ",Bath,1"))
                        .run();
            }
            publish(product, Mode.UPSERT, "1,2,2026-01-01", "11,2,2026-01-11", "12," + NUMBER + ",2026-02-11");
            publish(product, Mode.OVERWRITE_PARTITIONS, "20," + NUMBER + ",2026-02-20", "21,3,2026-03-21");
            product.rollback(new ReleaseRef.Numbered(6));
            publish(product, Mode.APPEND, "30,4,2026-04-01", "31," + NUMBER + ",2026-04-01");
            return product;
        }

        private static void publish(Product product, Mode mode, String... rows) {
            product.publish().mode(mode).input("sales", records(HEADER, rows)).run();
        }

        private static Map<Long, List<String>> releases(Product product, long from) {
            Map<Long, List<String>> rows = new TreeMap<>();
            long newest = product.history().latest().number();
            for (long release = from; release <= newest; release++) {
                rows.put(release, Shop.rows(product.read().object("sales").release(release)));
            }
            for (long release : List.of(from, newest)) {
                assertThat(product.verify(new ReleaseRef.Numbered(release)).findings())
                        .as("release " + release)
                        .isEmpty();
            }
            return rows;
        }

        private List<TableUpkeep> maintain(long from, long to) {
            Set<Long> keep = LongStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
            Upkeep upkeep = new Upkeep(SHOP, keep, Set.of(), Duration.ofMinutes(-1), false, "steward", Instant.now());
            return shop.mesh().lakehouse().maintain(upkeep);
        }

        @Test
        void maintenanceChangesNothingThatIsRead() {
            Product product = history();
            Map<Long, List<String>> before = releases(product, 4);

            List<TableUpkeep> done = maintain(4, 10);

            assertThat(done).extracting(TableUpkeep::left).containsOnlyNulls();
            assertThat(done.get(0).compacted()).isPositive();
            assertThat(done.get(0).expired()).containsExactly(1L, 2L, 3L);
            assertThat(done).anySatisfy(table -> assertThat(table.leftovers()).isNotEmpty());
            assertThat(releases(product, 4)).isEqualTo(before);
            assertThat(maintain(4, 10)).allSatisfy(table -> {
                assertThat(table.compacted()).isZero();
                assertThat(table.leftovers()).isEmpty();
            });
            publish(product, Mode.UPSERT, "1,9,2026-01-01");
            assertThat(releases(product, 4)).hasSize(8);
            assertThat(shop.mesh().maintenance().plan(SHOP, Maintenance.OLDER_THAN))
                    .extracting(TableUpkeep::left)
                    .containsOnlyNulls();
        }

        @Test
        void erasureLeavesTheOthers() {
            Product product = history();
            Map<Long, List<String>> expected = new TreeMap<>();
            releases(product, 1)
                    .forEach((release, rows) -> expected.put(
                            release,
                            rows.stream().filter(row -> !row.contains(NUMBER)).toList()));

            ErasureResult result =
                    product.erase().key("person", NUMBER).reference("CASE-1").run();

            assertThat(releases(product, 1)).isEqualTo(expected);
            assertThat(ErasureResult.rows(result.tables().get(0))).containsEntry(6L, 6L);
            assertThat(result.tables().stream()
                            .mapToLong(table -> ErasureResult.rows(table).getOrDefault(0L, 0L))
                            .sum())
                    .as("rows that were set aside")
                    .isEqualTo(6);
            maintain(1, 10);
            publish(product, Mode.UPSERT, "1,9,2026-01-01");
            assertThat(releases(product, 1)).containsAllEntriesOf(expected).hasSize(11);
        }
    }

    @Nested
    @Tag("server")
    class OnPostgres extends Servers {
        OnPostgres() {
            super(Storage.LOCAL, Catalogs.POSTGRES);
        }
    }

    @Nested
    @Tag("server")
    class OnRest extends Servers {
        OnRest() {
            super(Storage.LOCAL, Catalogs.REST);
        }
    }

    @Nested
    @Tag("server")
    class OnMinio extends Servers {
        OnMinio() {
            super(Storage.MINIO, Catalogs.POSTGRES);
        }
    }
}
