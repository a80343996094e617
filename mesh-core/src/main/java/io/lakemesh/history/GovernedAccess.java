package io.lakemesh.history;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.GovernedReader;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.RowFilter;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.RowAccess;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one subject may see of a lakehouse's rows. A row filter is part of the scan. A reader's own condition is too where it names
 * clear columns only; one that names a masked column sees what the reader sees, or its answer would tell what the mask hides.
 */
public final class GovernedAccess implements RowAccess {
    private final RowAccess rows;
    private final Function<TableVersion, Decision> decisions;
    private final Map<Integer, Masking> revealed;

    /** Governs reads by a decision for each table. */
    public GovernedAccess(RowAccess rows, Function<TableVersion, Decision> decisions) {
        this(rows, decisions, Map.of());
    }

    /** The same for one table, some of whose columns are revealed: by field id what makes the values of what is stored. */
    public GovernedAccess revealing(Map<Integer, Masking> columns) {
        return new GovernedAccess(rows, decisions, columns);
    }

    private GovernedAccess(RowAccess rows, Function<TableVersion, Decision> decisions, Map<Integer, Masking> revealed) {
        this.rows = rows;
        this.decisions = decisions;
        this.revealed = Map.copyOf(revealed);
    }

    @Override
    public BatchReader read(TableVersion version, Scan scan) {
        return read(version, scan, granted(version));
    }

    @Override
    public void requireReadable(TableVersion version) {
        granted(version);
    }

    @Override
    public boolean showsAll(TableVersion version) {
        return granted(version).isEverything();
    }

    /**
     * What may be read of a table.
     *
     * @throws AccessDeniedException if nothing may
     */
    public Decision.Granted granted(TableVersion version) {
        Decision decision = decisions.apply(version);
        if (decision instanceof Decision.Denied denied) {
            throw new AccessDeniedException("Cannot read " + version.table() + ": " + denied.reason());
        }
        return (Decision.Granted) decision;
    }

    private BatchReader read(TableVersion version, Scan scan, Decision.Granted decision) {
        Predicate asked = scan.where().orElse(null);
        Predicate shownOnly = asked == null || isClear(asked, version, decision) ? null : asked;
        List<Predicate> filters = rowFilters(decision, version.schema());
        if (asked != null && shownOnly == null) {
            filters.add(asked);
        }
        List<String> columns = shownOnly == null ? scan.columns() : with(scan.columns(), shownOnly);
        TableSchema read = projection(version.schema(), columns);
        BatchReader governed = new GovernedReader(
                rows.read(version, new Scan(columns, all(filters), scan.onlyAdded())), decision, read, revealed);
        return shownOnly == null
                ? governed
                : new Filtered(
                        governed,
                        new RowFilter(
                                Predicates.rebase(shownOnly, version.schema(), read),
                                read,
                                projection(version.schema(), scan.columns())));
    }

    private static List<Predicate> rowFilters(Decision.Granted decision, TableSchema schema) {
        List<Predicate> filters = new ArrayList<>();
        decision.rows().forEach(filter -> filters.add(Predicates.rebase(filter, decision.schema(), schema)));
        return filters;
    }

    private boolean isClear(Predicate asked, TableVersion version, Decision.Granted decision) {
        return Predicates.columns(asked).stream()
                .map(column -> version.schema().field(column.position()))
                .allMatch(field -> !revealed.containsKey(field.id())
                        && GovernedReader.mask(field, decision).equals(Mask.Plain.CLEAR));
    }

    private static @Nullable Predicate all(List<Predicate> filters) {
        if (filters.isEmpty()) {
            return null;
        }
        return filters.size() == 1 ? filters.get(0) : new Predicate.And(filters);
    }

    private static List<String> with(List<String> columns, Predicate asked) {
        if (columns.isEmpty()) {
            return columns;
        }
        Set<String> all = new LinkedHashSet<>(columns);
        Predicates.columns(asked).forEach(column -> all.add(column.name()));
        return List.copyOf(all);
    }

    private static TableSchema projection(TableSchema schema, List<String> columns) {
        return columns.isEmpty() ? schema : schema.select(columns);
    }

    /** Rows that pass a condition on what is shown. */
    private record Filtered(BatchReader rows, RowFilter filter) implements BatchReader {
        @Override
        public @Nullable Batch next() {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                Batch passed = filter.pass(batch);
                if (passed.size() > 0) {
                    return passed;
                }
            }
            return null;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
