package io.lakemesh.history;

import io.lakemesh.schema.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two releases.
 *
 * @param from the number of the one
 * @param to the number of the other
 * @param tables one for each object that either has
 * @param checks the checks whose value or outcome differs
 */
public record Diff(long from, long to, List<TableDiff> tables, List<CheckDiff> checks) {
    /** How many changed rows a {@link TableDiff} shows at most; they are counted all the same. */
    public static final int SHOWN = 100;

    public Diff {
        tables = List.copyOf(tables);
        checks = List.copyOf(checks);
    }

    /**
     * One table.
     *
     * @param keyed whether rows were matched by primary key; otherwise a changed row is one removed and one added
     * @param added rows that only the second release has; likewise the other counts
     * @param columns how many of the changed rows differ in each column
     * @param schema what differs between the columns, a line each
     * @param rows the first changes
     */
    public record TableDiff(
            String object,
            boolean keyed,
            long added,
            long removed,
            long changed,
            Map<String, Long> columns,
            List<String> schema,
            List<RowChange> rows) {
        public TableDiff {
            columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
            schema = List.copyOf(schema);
            rows = List.copyOf(rows);
        }
    }

    /** One row: {@code before} is null of an added one, {@code after} of a removed one. */
    public record RowChange(@Nullable Row before, @Nullable Row after) {}

    /** One check; a side is null where the release did not have it. */
    public record CheckDiff(String object, String id, @Nullable String before, @Nullable String after) {}
}
