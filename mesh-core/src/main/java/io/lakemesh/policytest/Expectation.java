package io.lakemesh.policytest;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Decision.Granted;
import io.lakemesh.predicate.Implication;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing that a test expects of one table. */
sealed interface Expectation {
    /** What of it does not hold. */
    List<Difference> of(Decision decision);

    /** What was expected and what there is, both in words. */
    record Difference(Place place, String expected, String got) {}

    /** Nothing at all. */
    record Denied(Place place) implements Expectation {
        @Override
        public List<Difference> of(Decision decision) {
            return decision instanceof Granted granted
                    ? List.of(new Difference(place, "denied", "role " + granted.role()))
                    : List.of();
        }
    }

    /** Some of it. */
    record Seen(Place place, List<Facet> facets) implements Expectation {
        public Seen {
            facets = List.copyOf(facets);
        }

        @Override
        public List<Difference> of(Decision decision) {
            return decision instanceof Granted granted
                    ? facets.stream()
                            .flatMap(facet -> facet.of(granted).stream())
                            .toList()
                    : List.of(new Difference(place, "not denied", "denied: " + ((Decision.Denied) decision).reason()));
        }
    }

    /** One side of what is seen. */
    sealed interface Facet {
        List<Difference> of(Granted granted);
    }

    /** The role that decides. */
    record ByRole(String role, Place place) implements Facet {
        @Override
        public List<Difference> of(Granted granted) {
            return role.equals(granted.role())
                    ? List.of()
                    : List.of(new Difference(place, "role " + role, "role " + granted.role()));
        }
    }

    /**
     * The rows that pass.
     *
     * @param rows bound to the subject; empty for all rows
     */
    record ByRows(List<Predicate> rows, Place place) implements Facet {
        public ByRows {
            rows = List.copyOf(rows);
        }

        @Override
        public List<Difference> of(Granted granted) {
            boolean same = Implication.holds(rows, granted.rows()) && Implication.holds(granted.rows(), rows);
            return same ? List.of() : List.of(new Difference(place, text(rows), text(granted.rows())));
        }

        private static String text(List<Predicate> rows) {
            return rows.isEmpty()
                    ? "all rows"
                    : "rows " + rows.stream().map(Predicate::toString).collect(Collectors.joining(" and "));
        }
    }

    /** What is shown of a column. */
    record ByColumn(Field field, Mask mask, Place place) implements Facet {
        @Override
        public List<Difference> of(Granted granted) {
            Mask shown = granted.mask(field.id());
            return shown.equals(mask)
                    ? List.of()
                    : List.of(new Difference(place, field.name() + " " + mask, field.name() + " " + shown));
        }
    }

    /** The columns that may be revealed. */
    record ByReveals(Set<String> columns, Place place) implements Facet {
        @Override
        public List<Difference> of(Granted granted) {
            Set<String> revealable = granted.schema().fields().stream()
                    .filter(field -> granted.revealable().containsKey(field.id()))
                    .map(Field::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            return revealable.equals(columns)
                    ? List.of()
                    : List.of(new Difference(place, "reveals " + columns, "reveals " + revealable));
        }
    }

    /**
     * What is seen of sample rows.
     *
     * @param sees by column, for the columns that are looked at
     */
    record BySample(SampleRows given, List<Map<String, @Nullable Object>> sees, List<Place> places, Place place)
            implements Facet {
        @Override
        public List<Difference> of(Granted granted) {
            List<Map<String, @Nullable Object>> seen = given.seenBy(granted);
            if (seen.size() != sees.size()) {
                return List.of(new Difference(place, rows(sees.size()), rows(seen.size())));
            }
            List<Difference> differences = new ArrayList<>();
            for (int row = 0; row < sees.size(); row++) {
                Map<String, @Nullable Object> got = seen.get(row);
                Place at = places.get(row);
                sees.get(row).forEach((column, value) -> {
                    if (!Objects.equals(value, got.get(column))) {
                        differences.add(new Difference(at, column + " = " + value, column + " = " + got.get(column)));
                    }
                });
            }
            return differences;
        }

        private static String rows(int number) {
            return number + (number == 1 ? " row seen" : " rows seen");
        }
    }
}
