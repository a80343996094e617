package io.lakemesh.contract;

import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.document.Node;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a library rule counts: its metric and the metric's arguments. */
final class MeasureReader {
    private static final List<String> METRICS =
            List.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
    private final QualityRule rule;
    private final @Nullable String column;
    private final TableSchema schema;
    private final Problems problems;

    MeasureReader(QualityRule rule, @Nullable String column, TableSchema schema, Problems problems) {
        this.rule = rule;
        this.column = column;
        this.schema = schema;
        this.problems = problems;
    }

    Optional<Measure> read() {
        String metric = rule.metric();
        if (metric == null) {
            problems.error(
                    rule.node().place(), "the rule has no metric, expected one of " + String.join(", ", METRICS));
            return Optional.empty();
        }
        return switch (metric) {
            case "rowCount" -> Optional.of(new Measure.RowCount());
            case "nullValues" -> ofColumn(metric, Set.of()).map(Measure.NullValues::new);
            case "missingValues" ->
                ofColumn(metric, Set.of("missingValues"))
                        .map(name -> new Measure.MissingValues(name, texts("missingValues")));
            case "invalidValues" ->
                ofColumn(metric, Set.of("validValues", "pattern")).flatMap(this::invalidValues);
            case "duplicateValues" -> duplicateValues();
            default -> unknown(metric);
        };
    }

    private Optional<Measure> unknown(String metric) {
        problems.error(
                rule.node().placeOf("metric"),
                "unknown metric " + Names.quoted(metric) + ", expected one of " + String.join(", ", METRICS)
                        + NearMatch.hint(metric, METRICS));
        return Optional.empty();
    }

    private Optional<String> ofColumn(String metric, Set<String> known) {
        checkArguments(known);
        if (column == null) {
            problems.error(rule.node().place(), metric + " belongs to a property, not to the whole object");
        }
        return Optional.ofNullable(column);
    }

    private void checkArguments(Set<String> known) {
        arguments().entries().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.error(
                        arguments().placeOf(name),
                        "unknown argument " + Names.quoted(name) + " of the metric" + NearMatch.hint(name, known)));
    }

    private Node.Mapping arguments() {
        return rule.node().entries().get("arguments") instanceof Node.Mapping mapping
                ? mapping
                : Node.mapping().build();
    }

    private Set<String> texts(String argument) {
        Set<String> texts = new LinkedHashSet<>();
        for (Node node : arguments().list(argument)) {
            if (node instanceof Node.Scalar scalar) {
                scalar.text().ifPresent(texts::add);
            } else {
                problems.error(node.place(), argument + " takes plain values");
            }
        }
        return texts;
    }

    private Optional<Measure> invalidValues(String name) {
        boolean listed = arguments().get("validValues").isPresent();
        String pattern = arguments().text("pattern").orElse(null);
        if (!listed && pattern == null) {
            problems.error(rule.node().place(), "invalidValues takes the argument validValues, or pattern, or both");
            return Optional.empty();
        }
        if (pattern != null && !LimitsReader.isPattern(pattern, arguments(), problems)) {
            return Optional.empty();
        }
        Set<String> values = listed ? texts("validValues") : null;
        return Optional.of(new Measure.InvalidValues(name, values, pattern, Limits.NONE));
    }

    private Optional<Measure> duplicateValues() {
        checkArguments(Set.of("properties"));
        Place place = arguments().placeOf("properties");
        List<String> given = List.copyOf(texts("properties"));
        List<String> names = given.isEmpty() ? Stream.ofNullable(column).toList() : given;
        if (names.isEmpty()) {
            problems.error(
                    rule.node().place(),
                    "duplicateValues of an object takes the argument properties, a list of columns");
            return Optional.empty();
        }
        List<String> known = schema.fields().stream().map(Field::name).toList();
        List<String> missing =
                names.stream().filter(name -> !known.contains(name)).toList();
        missing.forEach(name -> problems.error(
                place,
                "the rule names " + Names.quoted(name) + ", which is no column of the table"
                        + NearMatch.hint(name, known)));
        List<String> nested = names.stream()
                .filter(known::contains)
                .filter(name -> !schema.field(known.indexOf(name)).type().isPrimitive())
                .toList();
        nested.forEach(name ->
                problems.error(place, "cannot count duplicates of column " + Names.quoted(name) + ", which is nested"));
        return missing.isEmpty() && nested.isEmpty()
                ? Optional.of(new Measure.DuplicateValues(names))
                : Optional.empty();
    }
}
