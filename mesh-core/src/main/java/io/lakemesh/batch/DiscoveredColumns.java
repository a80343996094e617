package io.lakemesh.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a source whose records name their own values, so that a name may turn up at any time: JSON objects, Java maps. What
 * a record does not name is null. Not thread-safe.
 */
public final class DiscoveredColumns {
    /** The most names that the records of one file may use between them. */
    public static final int MAX_COLUMNS = 10_000;

    private final String file;
    private final Map<String, RawColumn.Values> columns = new LinkedHashMap<>();
    private List<String> names = List.of();

    public DiscoveredColumns(String file) {
        this.file = file;
    }

    /**
     * Adds a record to a batch that is not full.
     *
     * @return false, and nothing is added, if the record brings more names than the limit allows
     */
    public boolean add(RawBatch batch, long line, Map<String, ? extends @Nullable Object> values) {
        int row = batch.size();
        columns.values().forEach(column -> column.set(row, null));
        if (!discover(values)) {
            return false;
        }
        values.forEach((name, value) -> column(name).set(row, value));
        batch.addRow(line);
        return true;
    }

    private boolean discover(Map<String, ? extends @Nullable Object> values) {
        long added = values.keySet().stream()
                .filter(name -> !columns.containsKey(name))
                .count();
        return columns.size() + added <= MAX_COLUMNS;
    }

    private RawColumn.Values column(String name) {
        return columns.computeIfAbsent(name, absent -> new RawColumn.Values());
    }

    /** Names the batch's columns, those that were discovered while it was filled included. */
    public void nameColumns(RawBatch batch) {
        if (names.size() != columns.size()) {
            names = List.copyOf(new ArrayList<>(columns.keySet()));
        }
        batch.startFile(file, names, columns.values().toArray(RawColumn[]::new));
    }
}
