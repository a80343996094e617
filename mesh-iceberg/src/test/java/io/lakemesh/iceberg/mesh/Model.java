package io.lakemesh.iceberg.mesh;

import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A product as its readers see it: the trivial twin of a lakehouse. Rows are lists of texts, empty for null; the first is the key. */
final class Model {
    /** An object's rows by key, under a contract. */
    record Table(ModelContract contract, Map<String, List<String>> rows) {}

    /**
     * The tables by object; how many rows they had when it was made; and of a rollback, the number of the release that it
     * restores.
     */
    record Release(Map<String, Table> tables, Map<String, Long> counts, @Nullable Integer restores) {
        static Release of(Map<String, Table> tables, @Nullable Integer restores) {
            Map<String, Long> counts = new HashMap<>();
            tables.forEach(
                    (object, table) -> counts.put(object, (long) table.rows().size()));
            return new Release(tables, counts, restores);
        }

        Table table(String object) {
            return Objects.requireNonNull(tables.get(object));
        }
    }

    /** What is kept of a run: the rows that it set aside, as maps of what is not null. */
    record Run(boolean published, List<String> quarantined) {}

    private final List<String> objects;
    private final boolean partitioned;
    final List<Release> releases = new ArrayList<>();
    final Map<String, Run> runs = new HashMap<>();

    /** The numbers of the releases whose rows are gone. */
    final Set<Integer> expired = new HashSet<>();

    Model(List<String> objects, boolean partitioned) {
        this.objects = objects;
        this.partitioned = partitioned;
    }

    /** A release by its number, from 1. */
    Release release(int number) {
        return releases.get(number - 1);
    }

    /** The rows of an object in a release as a reader's texts, in ascending order. */
    List<String> texts(int release, String object) {
        return release(release).table(object).rows().values().stream()
                .map(row -> row.stream()
                        .map(value -> value.isEmpty() ? "null" : value)
                        .collect(Collectors.joining(",")))
                .sorted()
                .toList();
    }

    Outcome publish(String run, ModelContract contract, Mode mode, Map<String, List<List<String>>> inputs) {
        if (runs.containsKey(run) && runs.get(run).published()) {
            return Outcome.UNCHANGED;
        }
        Map<String, Table> tables = new HashMap<>();
        boolean refused = false;
        for (String object : objects) {
            Table table = new Table(contract, before(object, contract));
            refused |= inputs.containsKey(object) && !apply(mode, inputs.get(object), table);
            tables.put(object, table);
        }
        List<String> bad = inputs.values().stream()
                .flatMap(rows -> rows.stream().filter(row -> !contract.allows(row)))
                .map(contract::record)
                .sorted()
                .toList();
        runs.put(run, new Run(!refused, bad));
        if (refused) {
            return Outcome.REFUSED;
        }
        releases.add(Release.of(tables, null));
        return Outcome.PUBLISHED;
    }

    /** The last release's rows, as long as the contract has the same major version; its new columns are empty. */
    private Map<String, List<String>> before(String object, ModelContract contract) {
        Map<String, List<String>> rows = new TreeMap<>();
        Table last = releases.isEmpty() ? null : release(releases.size()).table(object);
        if (last != null && last.contract().major() == contract.major()) {
            last.rows().forEach((key, row) -> rows.put(key, padded(row, contract)));
        }
        return rows;
    }

    private static List<String> padded(List<String> row, ModelContract contract) {
        List<String> padded = new ArrayList<>(row);
        while (padded.size() < contract.columns().size()) {
            padded.add("");
        }
        return padded;
    }

    /** Changes a table's rows; false if the contract is broken. */
    private boolean apply(Mode mode, List<List<String>> input, Table table) {
        List<List<String>> good =
                input.stream().filter(table.contract()::allows).toList();
        Set<String> keys = good.stream().map(row -> row.get(0)).collect(Collectors.toSet());
        Set<String> towns = good.stream().map(row -> row.get(1)).collect(Collectors.toSet());
        switch (mode) {
            case APPEND -> {}
            case OVERWRITE -> table.rows().clear();
            case UPSERT -> table.rows().keySet().removeAll(keys);
            case OVERWRITE_PARTITIONS ->
                table.rows().values().removeIf(row -> partitioned ? towns.contains(row.get(1)) : !good.isEmpty());
        }
        boolean unique = keys.size() == good.size()
                && new HashSet<>(table.rows().keySet()).stream().noneMatch(keys::contains);
        good.forEach(row -> table.rows().put(row.get(0), row));
        return unique && (input.size() - good.size()) * 2 <= input.size();
    }

    Outcome rollback(int to) {
        int last = releases.size();
        Integer restored = release(last).restores();
        if (expired.contains(to) || last == to || (restored != null && restored == to)) {
            return Outcome.UNCHANGED;
        }
        releases.add(Release.of(release(to).tables(), to));
        return Outcome.PUBLISHED;
    }

    /** Keeps so many of the newest releases readable. */
    void expire(int kept) {
        for (int number = 1; number <= releases.size() - kept; number++) {
            expired.add(number);
        }
    }

    /** Removes the rows with a key, whatever was made of them. */
    void erase(String id) {
        releases.forEach(release ->
                release.tables().values().forEach(table -> table.rows().remove(id)));
        runs.replaceAll((run, kept) -> new Run(
                kept.published(),
                kept.quarantined().stream()
                        .filter(record -> !record.contains("id=" + id + ",") && !record.contains("id=" + id + "}"))
                        .toList()));
    }

    /** How many rows of an object differ between two releases: added, removed, changed. */
    List<Long> diff(int from, int to, String object) {
        Map<String, List<String>> before = release(from).table(object).rows();
        Table after = release(to).table(object);
        long added = after.rows().keySet().stream()
                .filter(key -> !before.containsKey(key))
                .count();
        long removed = before.keySet().stream()
                .filter(key -> !after.rows().containsKey(key))
                .count();
        long changed = after.rows().values().stream()
                .filter(row -> isChanged(before.get(row.get(0)), row, after.contract()))
                .count();
        return List.of(added, removed, changed);
    }

    /** Only columns that are there now count. */
    private static boolean isChanged(@Nullable List<String> before, List<String> now, ModelContract contract) {
        return before != null && !contract.cut(padded(before, contract)).equals(now);
    }
}
