package io.lakemesh.policy;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a contract's role may read of one table.
 *
 * @param groups a subject of any of them has the role
 * @param purposes a subject must state one of them; empty for none needed
 * @param rows all of them hold of each row that is seen
 * @param columns by name; one for each column of the table
 * @param reveals columns whose protected values may be revealed, and where that is said
 * @param place where the contract grants it
 */
public record Grant(
        String role,
        Set<String> groups,
        Set<String> purposes,
        List<RowRule> rows,
        Map<String, ColumnRule> columns,
        Map<String, Place> reveals,
        Place place) {
    public Grant {
        groups = Set.copyOf(groups);
        purposes = Set.copyOf(purposes);
        rows = List.copyOf(rows);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        reveals = Collections.unmodifiableMap(new LinkedHashMap<>(reveals));
    }

    /** What is shown of a column; one that the grant does not know is hidden. */
    public Mask mask(String column) {
        ColumnRule rule = columns.get(column);
        return rule == null ? Mask.Plain.NULL : rule.mask();
    }

    boolean isFor(Subject subject) {
        return subject.groups().stream().anyMatch(groups::contains);
    }

    boolean isForPurposeOf(Subject subject) {
        return purposes.isEmpty() || subject.purposes().stream().anyMatch(purposes::contains);
    }
}
