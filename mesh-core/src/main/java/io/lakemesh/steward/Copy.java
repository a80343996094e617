package io.lakemesh.steward;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.MeshTable;
import io.lakemesh.schema.Row;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stewards' table as it was opened.
 *
 * @param found null where there is no such table yet
 */
record Copy(StewardTable table, MeshTable opened, @Nullable Position found) {
    static Copy open(StewardTable table, Lakehouse lakehouse) {
        MeshTable opened = lakehouse.open(table.definition());
        return new Copy(table, opened, opened.position().map(Position::parse).orElse(null));
    }

    Position position() {
        return found == null ? Position.START : found;
    }

    /** Whether the runs that were refused so far are still to be fetched from the logs. */
    boolean needsLogs() {
        return table.takesRefused() && found == null;
    }

    boolean hasRefused(String id) {
        return !table.takesRefused() || position().refused().contains(id);
    }

    /** A refused run that waits no more was added once, unless the table is new. */
    private boolean lacks(EndedRun run, Set<String> waiting) {
        return !position().has(run)
                && (!run.isRefused() || needsLogs() || (table.takesRefused() && waiting.contains(run.id())));
    }

    /** How many rows were added; -1 if somebody was quicker. */
    long add(List<EndedRun> runs, Set<String> waiting) {
        List<EndedRun> lacking =
                runs.stream().filter(run -> lacks(run, waiting)).toList();
        if (lacking.isEmpty()) {
            return 0;
        }
        List<Row> rows = lacking.stream()
                .flatMap(run -> table.rows().apply(run).stream())
                .toList();
        return opened.append(rows, position().after(lacking, waiting).text()) ? rows.size() : -1;
    }
}
