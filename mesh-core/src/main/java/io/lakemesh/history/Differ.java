package io.lakemesh.history;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.CheckResult;
import io.lakemesh.history.Diff.CheckDiff;
import io.lakemesh.history.Diff.TableDiff;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.RowAccess;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two releases: rows by primary key, columns by field id, checks by id. */
public record Differ(RowAccess rows, History history) {
    public Diff diff(ReleaseRef from, ReleaseRef to) {
        Release before = history.findReadable(from);
        Release after = history.findReadable(to);
        Set<String> withheld = withheld(before, after);
        List<TableDiff> tables = new ArrayList<>();
        for (String object : objects(before, after)) {
            tables.add(table(
                    object,
                    before.manifest().table(object).orElse(null),
                    after.manifest().table(object).orElse(null)));
        }
        List<CheckDiff> checks = checks(before, after).stream()
                .filter(check -> !withheld.contains(check.object()))
                .toList();
        return new Diff(before.number(), after.number(), tables, checks);
    }

    /** The objects of which not everything is shown: their checks tell of rows that are not. Throws if one of them may not be read. */
    private Set<String> withheld(Release before, Release after) {
        Set<String> withheld = new LinkedHashSet<>();
        for (Release release : List.of(before, after)) {
            release.manifest().tables().stream()
                    .filter(table -> !rows.showsAll(table))
                    .forEach(table -> withheld.add(table.object()));
        }
        return withheld;
    }

    private long count(TableVersion table) {
        if (rows.showsAll(table)) {
            return table.rows();
        }
        long count = 0;
        try (BatchReader reader = rows.read(table, Scan.ALL)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                count += batch.size();
            }
        }
        return count;
    }

    private static Set<String> objects(Release before, Release after) {
        Set<String> objects = new LinkedHashSet<>();
        before.manifest().tables().forEach(table -> objects.add(table.object()));
        after.manifest().tables().forEach(table -> objects.add(table.object()));
        return objects;
    }

    private TableDiff table(String object, @Nullable TableVersion before, @Nullable TableVersion after) {
        if (before == null || after == null) {
            long added = after == null ? 0 : count(after);
            long removed = before == null ? 0 : count(before);
            String only = before == null ? "the table is new" : "the table is gone";
            return new TableDiff(object, false, added, removed, 0, Map.of(), List.of(only), List.of());
        }
        try (RowComparison comparison = new RowComparison(rows, before, after)) {
            return comparison.compare(object, schema(before, after));
        }
    }

    private static List<String> schema(TableVersion before, TableVersion after) {
        List<String> lines = new ArrayList<>();
        Map<Integer, Field> old = byId(before);
        Map<Integer, Field> now = byId(after);
        now.forEach((id, field) -> {
            Field earlier = old.get(id);
            if (earlier == null) {
                lines.add("column " + field + " is new");
            } else if (!field.toString().equals(earlier.toString())) {
                lines.add("column " + earlier + " became " + field);
            }
        });
        old.values().stream()
                .filter(field -> !now.containsKey(field.id()))
                .forEach(field -> lines.add("column " + field + " is gone"));
        return lines;
    }

    private static Map<Integer, Field> byId(TableVersion table) {
        Map<Integer, Field> fields = new LinkedHashMap<>();
        table.schema().fields().forEach(field -> fields.put(field.id(), field));
        return fields;
    }

    private List<CheckDiff> checks(Release before, Release after) {
        Map<String, CheckResult> old = byName(history.report(before));
        Map<String, CheckResult> now = byName(history.report(after));
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(said(old.get(name)), said(now.get(name))))
                .map(name -> new CheckDiff(
                        Objects.requireNonNull(now.getOrDefault(name, old.get(name)))
                                .object(),
                        Objects.requireNonNull(now.getOrDefault(name, old.get(name)))
                                .id(),
                        said(old.get(name)),
                        said(now.get(name))))
                .toList();
    }

    private static Map<String, CheckResult> byName(Optional<QualityReport> report) {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        report.map(QualityReport::checks)
                .orElse(List.of())
                .forEach(check -> checks.put(check.object() + "." + check.id(), check));
        return checks;
    }

    private static @Nullable String said(@Nullable CheckResult check) {
        return check == null
                ? null
                : check.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                        + (check.value() == null ? "" : " " + check.value().toPlainString());
    }
}
