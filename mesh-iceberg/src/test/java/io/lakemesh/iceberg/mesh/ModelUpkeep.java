package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.error.ConflictException;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Takes the steps of a sequence that remove releases, rows or files, on the lakehouse and on its {@link Model}. */
final class ModelUpkeep {
    /** So that everything written until now is old. */
    private static final Duration AT_ONCE = Duration.ofMinutes(-1);

    private final Model model;
    private final boolean oneTable;
    int expired;
    int compacted;

    ModelUpkeep(Model model, boolean oneTable) {
        this.model = model;
        this.oneTable = oneTable;
    }

    void take(ModelStep.Resumable step, Product product, Lakehouse lakehouse) {
        if (step instanceof ModelStep.Erase erase) {
            erase("" + erase.id(), product);
        } else if (step instanceof ModelStep.Expire expire) {
            expire(expire.releases(), product, lakehouse);
        } else {
            compact(product, lakehouse);
        }
    }

    private void erase(String id, Product product) {
        try {
            product.erase().key("id", id).run();
            model.erase(id);
        } catch (ConflictException e) {
            assertUnderWay(List.of(e.getMessage()));
        }
    }

    private void expire(int releases, Product product, Lakehouse lakehouse) {
        if (model.releases.isEmpty()) {
            return;
        }
        List<TableUpkeep> done = new Maintenance(lakehouse, Clock.systemUTC(), "steward", releases)
                .run(product.address(), Duration.ofHours(1));
        count(done);
        if (left(done).isEmpty()) {
            model.expire(releases);
        } else {
            assertUnderWay(left(done));
        }
    }

    /** A process that was killed may have been about to commit a release of several tables. */
    private void assertUnderWay(List<String> reasons) {
        assertThat(oneTable).as("%s", reasons).isFalse();
        assertThat(reasons).allSatisfy(reason -> assertThat(reason).contains("a release is being published"));
    }

    /** Keeps all releases; a release that was not begun by now never will be, and no file of it is needed. */
    private void compact(Product product, Lakehouse lakehouse) {
        Set<Long> all = LongStream.rangeClosed(1, model.releases.size()).boxed().collect(Collectors.toSet());
        List<TableUpkeep> done = lakehouse.maintain(
                new Upkeep(product.address(), all, Set.of(), AT_ONCE, false, "steward", Instant.now()));
        count(done);
        assertThat(left(done)).isEmpty();
    }

    private void count(List<TableUpkeep> done) {
        done.forEach(table -> {
            expired += table.expired().size();
            compacted += table.compacted();
        });
    }

    private static List<String> left(List<TableUpkeep> done) {
        return done.stream().flatMap(table -> table.notDone().stream()).toList();
    }
}
