package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.Product;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or cannot be written to: a clear error, nothing half-visible, and the run can be repeated. */
class FullDiskTest {
    private static final String TOLERANT =
            "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }]\n" + Shop.SALES;

    private static final int POINTS = 16;

    @TempDir
    Path folder;

    @Test
    void theWarehouseIsFullAtAnyPoint() {
        Effects effects = new Effects();
        try (Shop shop = new Shop(folder, Shop.config(folder, effects.warehouse(folder.resolve("warehouse"))))) {
            Product product = shop.product("1.0.0", Map.of("sales", TOLERANT, "stock", TOLERANT));
            upsert(product, 0);
            long before = effects.written();
            upsert(product, 1);
            long needed = effects.written() - before;
            int failures = 0;
            for (int run = 2; run < 2 + POINTS; run++) {
                effects.leaveRoom(needed * (run - 2) / POINTS);
                failures += assertFailsWhole(product, effects, run);
            }
            assertThat(failures).isGreaterThan(POINTS * 3 / 4);
        }
    }

    private static int assertFailsWhole(Product product, Effects effects, int run) {
        List<String> before = Shop.rows(product.read().object("stock"));
        Throwable failure = catchThrowable(() -> upsert(product, run));
        effects.leaveRoom(Long.MAX_VALUE);
        if (failure != null) {
            assertThat(failure)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageStartingWith("Cannot reach the warehouse: ")
                    .hasMessageEndingWith("No space left on device; make room and run again")
                    .hasMessageNotContaining("\n");
            long release = product.history().latest().number();
            // the release may be there when only what is said of it is not: no half of it is
            assertThat(release).isIn((long) run, run + 1L);
            assertThat(Shop.rows(product.read().object("stock").release(run))).isEqualTo(before);
        }
        assertThat(upsert(product, run).release()).isEqualTo(run + 1L);
        assertThat(Shop.rows(product.read().object("stock"))).hasSize(run + 2).contains(run + ",York,20");
        assertThat(Shop.findings(product)).isEmpty();
        return failure == null ? 0 : 1;
    }

    /** Two rows, one of which replaces that of the run before, and a bad one. */
    private static PublishResult upsert(Product product, int run) {
        String[] rows = {run + ",York,20", (run - 1) + ",Ely,21", "x,Bath,1"};
        return product.publish()
                .runId("run-" + run)
                .mode(Mode.UPSERT)
                .input("sales", sales(rows))
                .input("stock", sales(rows))
                .run();
    }

    @Test
    void aRunThatFailsForWantOfRoomWhileItStagesLeavesNoFile() {
        Effects effects = new Effects();
        try (Shop shop = new Shop(folder, Shop.config(folder, effects.warehouse(folder.resolve("warehouse"))))) {
            Product product = shop.product("1.0.0", TOLERANT);
            Shop.publish(product, Mode.APPEND, sales("1,Bath,10"));
            List<Path> before = Shop.filesBelow(folder.resolve("warehouse"));
            for (long room = 0; room < 1000; room += 100) {
                effects.leaveRoom(room);
                assertThatThrownBy(() -> Shop.publish(product, Mode.APPEND, sales("2,Bath,10", "x,Ely,1")))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("No space left on device");
            }
            assertThat(Shop.filesBelow(folder.resolve("warehouse"))).isEqualTo(before);
        }
    }

    @Test
    void theFolderForTemporaryFilesCannotBeWrittenTo() throws Exception {
        try (Shop shop = new Shop(folder)) {
            Product product = shop.sales();
            Shop.publish(product, Mode.APPEND, wide(0));
            Shop.publish(product, Mode.UPSERT, wide(1));
            String temporary = System.getProperty("java.io.tmpdir");
            Path inTheWay = Files.writeString(folder.resolve("file"), "in the way");
            System.setProperty("java.io.tmpdir", inTheWay.toString());
            try {
                assertThatThrownBy(() -> product.diff(new ReleaseRef.Numbered(1), new ReleaseRef.Numbered(2)))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageStartingWith("Cannot spill to " + inTheWay)
                        .hasMessageEndingWith("make room there, or name a folder with room by -Djava.io.tmpdir");
            } finally {
                System.setProperty("java.io.tmpdir", temporary);
            }
        }
    }

    private static io.lakemesh.batch.RecordSource wide(int amount) {
        String[] rows = new String[1500];
        Arrays.setAll(rows, id -> id + "," + "x".repeat(3000) + "," + amount);
        return sales(rows);
    }

    @Test
    void aRealDiskIsFullAndThenIsNot() throws Exception {
        try (Disk disk = Disk.mount(folder.resolve("disk"), "size=400k");
                Shop shop = new Shop(folder.resolve("products"), Shop.config(disk.folder(), disk.warehouse()))) {
            Product product = shop.product("1.0.0", TOLERANT);
            int run = 0;
            Throwable failure = null;
            while (failure == null && run < 100) {
                int id = run++;
                failure = catchThrowable(() -> upsertOne(product, id));
            }
            assertThat(failure)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageEndingWith("; make room and run again");

            disk.remount("size=8m");
            assertThat(upsertOne(product, run - 1).outcome()).isIn(Outcome.PUBLISHED, Outcome.UNCHANGED);
            assertThat(Shop.rows(product)).hasSize(run);
            assertThat(product.history().all()).hasSize(run);
            assertThat(Shop.findings(product)).isEmpty();
        }
    }

    private static PublishResult upsertOne(Product product, int id) {
        return product.publish()
                .runId("run-" + id)
                .mode(Mode.UPSERT)
                .input(sales(id + ",York,20"))
                .run();
    }

    @Test
    void aReadOnlyWarehouseIsReadAndNotWrittenTo() throws Exception {
        try (Disk disk = Disk.mount(folder.resolve("disk"), "size=8m");
                Shop shop = new Shop(folder.resolve("products"), Shop.config(folder, disk.warehouse()))) {
            Product product = shop.sales();
            Shop.publish(product, Mode.APPEND, sales("1,Bath,10"));
            disk.remount("ro");

            assertThatThrownBy(() -> Shop.publish(product, Mode.APPEND, sales("2,York,20")))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageStartingWith("Cannot reach the warehouse: Cannot write " + disk.folder())
                    .hasMessageEndingWith(": Read-only file system");
            assertThat(Shop.rows(product)).containsExactly("1,Bath,10");
            assertThat(Shop.findings(product)).isEmpty();
        }
    }
}
