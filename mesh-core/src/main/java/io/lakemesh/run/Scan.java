package io.lakemesh.run;

import io.lakemesh.predicate.Predicate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a table.
 *
 * @param columns names, in the order wanted; empty for all
 * @param filter only rows for which this is true, typed against the table's schema; null for all
 * @param onlyAdded only the rows that the version's own release added, not those that were there before
 */
public record Scan(List<String> columns, @Nullable Predicate filter, boolean onlyAdded) {
    public static final Scan ALL = new Scan(List.of(), null, false);

    public Scan {
        columns = List.copyOf(columns);
    }

    public static Scan columns(List<String> columns) {
        return new Scan(columns, null, false);
    }

    public Optional<Predicate> where() {
        return Optional.ofNullable(filter);
    }
}
