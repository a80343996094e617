package io.lakemesh.history;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.provenance.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How many rows releases lost to erasures, as amendments tell. Not thread-safe. */
final class Erased {
    private final List<Loss> losses = new ArrayList<>();

    private record Loss(TableName table, Amendment.Erased rows) {}

    void add(Amendment amendment) {
        amendment.erased().forEach(rows -> losses.add(new Loss(amendment.table(), rows)));
    }

    /** Of the rows that a release's table has. */
    long rows(TableVersion table, Release release) {
        return sum(table, release, Amendment.Erased::rows);
    }

    /** Of the rows that the release itself added to it. */
    long added(TableVersion table, Release release) {
        return sum(table, release, Amendment.Erased::added);
    }

    private long sum(TableVersion table, Release release, ToLongFunction<Amendment.Erased> rows) {
        return losses.stream()
                .filter(loss ->
                        loss.table().equals(table.table()) && loss.rows().release() == release.number())
                .mapToLong(loss -> rows.applyAsLong(loss.rows()))
                .sum();
    }
}
