package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.findings;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Mode;
import io.lakemesh.run.TableUpkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody replaces a row of a file that maintenance is putting together with others. */
@ExtendWith(Quiet.class)
class CompactionRaceTest {
    private static final String[] BEFORE = {"1,Bath,1", "2,Bath,2", "3,Bath,3", "4,Bath,4", "5,Bath,5", "6,Bath,6"};
    private static final String[] AFTER = {"1,Bath,1", "2,Ely,20", "3,Bath,3", "4,Bath,4", "5,Bath,5", "6,Bath,6"};

    /** Both ends come about: at some points the upsert is too late to disturb, at others the files stay as they were. */
    @Test
    void atWhateverPointItComesTheRowStaysReplaced(@TempDir(factory = ModelTest.Memory.class) Path folder)
            throws IOException {
        Path home = folder.resolve("home");
        Path saved = folder.resolve("saved");
        prepare(home);
        MaintenanceTest.copy(home, saved);
        int givenUp = 0;
        int point = 0;
        Race race = race(home, point);
        while (race.met()) {
            givenUp += race.maintained().compacted() == 0 ? 1 : 0;
            MaintenanceTest.copy(saved, home);
            race = race(home, ++point);
        }
        assertThat(point).as("points").isGreaterThan(30);
        assertThat(givenUp).as("points at which nothing was put together").isBetween(5, point - 5);
    }

    private static void prepare(Path home) {
        try (Shop shop = open(home, new Effects())) {
            for (String row : BEFORE) {
                publish(shop.sales(), Mode.APPEND, sales(row));
            }
        }
    }

    private static Shop open(Path home, Effects effects) {
        return new Shop(home, Shop.config(home, effects.warehouse(home.resolve("warehouse"))));
    }

    /** How maintenance ended, and whether there was such a point in it. */
    private record Race(TableUpkeep maintained, boolean met) {}

    private static Race race(Path home, int point) {
        Effects effects = new Effects();
        try (Shop upkeep = open(home, effects);
                Shop other = open(home, new Effects())) {
            Product product = other.sales();
            Once upsert = new Once(() -> publish(product, Mode.UPSERT, sales("2,Ely,20")));
            effects.dieBy(upsert);
            effects.killAfter(point);
            TableUpkeep maintained = maintain(upkeep, product);
            if (upsert.done) {
                assertReplaced(product, point, maintained);
                maintain(upkeep, product);
                assertReplaced(product, point, maintained);
            }
            return new Race(maintained, upsert.done);
        }
    }

    private static TableUpkeep maintain(Shop shop, Product product) {
        return new Maintenance(shop.mesh().lakehouse(), Clock.systemUTC(), "steward", 100)
                .run(product.address(), Duration.ofHours(1))
                .get(0);
    }

    private static void assertReplaced(Product product, int point, TableUpkeep maintained) {
        String where = "upsert at point " + point + " of " + maintained;
        assertThat(rows(product)).as(where).containsExactly(AFTER);
        assertThat(rows(product, 6)).as(where).containsExactly(BEFORE);
        assertThat(findings(product)).as(where).isEmpty();
        if (maintained.compacted() == 0) {
            assertThat(maintained.notDone())
                    .as(where)
                    .hasValue("files were not put together: the table was changed meanwhile");
        }
    }

    /** What somebody else does at a point; nothing at those that follow. */
    private static final class Once implements Runnable {
        private final Runnable action;
        private final Thread thread = Thread.currentThread();
        private boolean done;

        Once(Runnable action) {
            this.action = action;
        }

        /** Not in a thread of Iceberg's: the action needs these itself. */
        @Override
        public void run() {
            if (!done && Thread.currentThread().equals(thread)) {
                done = true;
                action.run();
            }
        }
    }
}
