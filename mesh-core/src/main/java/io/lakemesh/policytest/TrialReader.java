package io.lakemesh.policytest;

import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policytest.Expectation.Facet;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a test expects of a table's columns. */
final class TrialReader {
    private static final String ALL = "all";
    private static final String HIDDEN = "hidden";

    private final PolicyTest test;
    private final TablePolicy table;
    private final TableSchema schema;
    private final Problems problems;
    private final Node.Mapping expected;

    TrialReader(PolicyTest test, TablePolicy table, Problems problems) {
        this.test = test;
        this.table = table;
        this.schema = table.schema();
        this.problems = problems;
        this.expected = (Node.Mapping) test.node().get("expect").orElseThrow();
    }

    Trial read() {
        return new Trial(test, table, expectation());
    }

    private Expectation expectation() {
        if (expected.get("denied").isPresent()) {
            return new Expectation.Denied(expected.placeOf("denied"));
        }
        List<Facet> facets = new ArrayList<>();
        expected.text("role").ifPresent(role -> facets.add(new Expectation.ByRole(role, expected.placeOf("role"))));
        expected.text("rows").ifPresent(text -> rows(text, facets));
        if (expected.entries().get("columns") instanceof Node.Mapping columns) {
            columns.entries().forEach((name, node) -> column(name, node, columns.placeOf(name), facets));
        }
        if (expected.get("reveals").isPresent()) {
            facets.add(reveals());
        }
        if (expected.get("sees").isPresent()) {
            facets.add(sample());
        }
        return new Expectation.Seen(test.node().placeOf("expect"), facets);
    }

    private void rows(String text, List<Facet> facets) {
        Place place = expected.placeOf("rows");
        if (text.equals(ALL)) {
            facets.add(new Expectation.ByRows(List.of(), place));
            return;
        }
        try {
            Predicate rows = Predicates.bind(Predicates.parseRowFilter(text, schema), test.subject()::attribute);
            facets.add(new Expectation.ByRows(List.of(rows), place));
        } catch (InvalidInputException e) {
            problems.error(place, e.getMessage() + " (of " + table.table() + "); " + ALL + " stands for all rows");
        }
    }

    private void column(String name, Node node, Place place, List<Facet> facets) {
        column(name, place).ifPresent(field -> mask(node, field, place)
                .ifPresent(mask -> facets.add(new Expectation.ByColumn(field, mask, place))));
    }

    private Optional<Field> column(String name, Place place) {
        OptionalInt position = schema.position(name);
        if (position.isEmpty()) {
            problems.error(
                    place,
                    "no column " + Shown.quoted(name) + " in " + table.table()
                            + NearMatch.hint(name, schema.positions().keySet()));
            return Optional.empty();
        }
        return Optional.of(schema.field(position.getAsInt()));
    }

    /** {@code clear}, {@code hidden} or a mask; null in YAML is hidden. */
    private Optional<Mask> mask(Node node, Field field, Place place) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.error(place, "expected clear, " + HIDDEN + " or a mask such as month");
            return Optional.empty();
        }
        try {
            Mask mask = scalar.text()
                    .filter(text -> !text.equals(HIDDEN))
                    .map(Mask::parse)
                    .orElse(Mask.Plain.NULL);
            mask.fault(field.type())
                    .ifPresent(fault ->
                            problems.error(place, "mask " + mask + " " + fault + ", and this is a " + field.type()));
            return Optional.of(mask);
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Facet reveals() {
        Set<String> columns = new TreeSet<>();
        expected.list("reveals").forEach(node -> ((Node.Scalar) node).text().ifPresent(columns::add));
        columns.forEach(name -> column(name, expected.placeOf("reveals")));
        return new Expectation.ByReveals(columns, expected.placeOf("reveals"));
    }

    private Facet sample() {
        Samples samples = new Samples(schema, problems);
        List<Map<String, @Nullable Object>> given = samples.of(test.node().list("given"));
        List<Node> sees = expected.list("sees");
        return new Expectation.BySample(
                new SampleRows(schema, given),
                samples.of(sees),
                sees.stream().map(Node::place).toList(),
                expected.placeOf("sees"));
    }
}
