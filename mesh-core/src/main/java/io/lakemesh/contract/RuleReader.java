package io.lakemesh.contract;

import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Terms;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.predicate.QualityQuery;
import io.lakemesh.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the quality rules of one table. */
final class RuleReader {
    private static final Set<String> BELOW_ERROR =
            Set.of("info", "information", "warning", "warn", "low", "minor", "notice", "trivial", "debug");

    private final TableSchema schema;
    private final List<String> objectNames;
    private final RuleIds ids;
    private final Problems problems;

    RuleReader(TableSchema schema, List<String> objectNames, RuleIds ids, Problems problems) {
        this.schema = schema;
        this.objectNames = objectNames;
        this.ids = ids;
        this.problems = problems;
    }

    /** A rule of the object, or of one of its columns; empty where it is wrong. */
    Optional<Rule> read(QualityRule rule, @Nullable String column) {
        OwnProperty.check(rule.customProperties(), OwnProperty.Level.RULE, problems);
        return switch (rule.type()) {
            case "text" -> Optional.of(text(rule, column));
            case "custom" -> Optional.of(custom(rule, column));
            case "sql" -> sql(rule, column);
            default -> library(rule, column);
        };
    }

    /** A rule of a part of a nested column: shown, since metrics count rows and a row may have many such parts. */
    Rule nested(QualityRule rule, String path) {
        String id = ids.of(rule, path + "." + rule.type());
        problems.warning(rule.node().place(), "rules of nested properties are not checked");
        return new Rule.NotChecked(id, described(rule), "it belongs to " + path + ", a part of a nested column");
    }

    private Rule text(QualityRule rule, @Nullable String column) {
        return new Rule.NotChecked(id(rule, column, "text"), described(rule), "it is a text for people");
    }

    private Rule custom(QualityRule rule, @Nullable String column) {
        Node implementation = rule.node().get("implementation").orElseGet(() -> Node.of(null));
        Terms terms = terms(rule, false);
        return new Rule.Custom(id(rule, column, "custom"), String.valueOf(rule.engine()), implementation, terms);
    }

    private Optional<Rule> sql(QualityRule rule, @Nullable String column) {
        Optional<Threshold> threshold = new ThresholdReader(rule, problems).read();
        String query = String.valueOf(rule.query());
        Place place = rule.node().placeOf("query");
        try {
            QualityQuery.Result result = QualityQuery.parse(query, objectNames, schema, column);
            if (result instanceof QualityQuery.NotUnderstood other) {
                problems.warning(place, "the rule will not be checked: " + other.reason());
                return Optional.of(new Rule.NotChecked(id(rule, column, "sql"), query, other.reason()));
            }
            return metric(rule, column, new Measure.RowsWhere(((QualityQuery.Counts) result).condition()), threshold);
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Rule> library(QualityRule rule, @Nullable String column) {
        Optional<Threshold> threshold = new ThresholdReader(rule, problems).read();
        return new MeasureReader(rule, column, schema, problems)
                .read()
                .flatMap(measure -> metric(rule, column, measure, threshold));
    }

    private Optional<Rule> metric(
            QualityRule rule, @Nullable String column, Measure measure, Optional<Threshold> threshold) {
        boolean countsRows = !(measure instanceof Measure.RowCount);
        Terms terms = terms(rule, countsRows);
        String id = id(rule, column, measure.metric());
        threshold.ifPresent(found -> checkHistory(rule, measure, found));
        return threshold.map(found -> new Rule.Metric(id, measure, found, terms));
    }

    private void checkHistory(QualityRule rule, Measure measure, Threshold threshold) {
        boolean rowCount = measure instanceof Measure.RowCount;
        if (threshold.medianOf() > 0 && !rowCount) {
            problems.error(
                    rule.customProperties().placeOf(OwnProperty.RELATIVE_TO.key()),
                    OwnProperty.RELATIVE_TO.key() + " is for rowCount only");
        }
        if (rowCount && threshold.percent() && threshold.medianOf() == 0) {
            problems.error(
                    rule.node().placeOf("unit"),
                    "rowCount in percent needs " + OwnProperty.RELATIVE_TO.key() + ", or it is always 100");
        }
    }

    private Terms terms(QualityRule rule, boolean namesRows) {
        String severity = rule.severity() == null ? "error" : rule.severity();
        boolean refuses = !BELOW_ERROR.contains(severity.toLowerCase(Locale.ROOT));
        return new Terms(
                severity,
                onFailure(rule, namesRows).orElse(refuses ? OnFailure.REFUSE : OnFailure.WARN),
                rule.description());
    }

    private Optional<OnFailure> onFailure(QualityRule rule, boolean namesRows) {
        String key = OwnProperty.ON_FAILURE.key();
        if (rule.customProperties().get(key).isEmpty()) {
            return Optional.empty();
        }
        String text = rule.customProperties().text(key).orElse("");
        Optional<OnFailure> found = Arrays.stream(OnFailure.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        Place place = rule.customProperties().placeOf(key);
        if (found.isEmpty()) {
            problems.error(
                    place,
                    key + " is refuse, warn or quarantine, found " + Names.quoted(text)
                            + NearMatch.hint(text, List.of("refuse", "warn", "quarantine")));
        }
        if (found.filter(OnFailure.QUARANTINE::equals).isPresent() && !namesRows) {
            problems.error(place, "cannot quarantine: the rule does not say which rows are at fault");
        }
        return found;
    }

    private String id(QualityRule rule, @Nullable String column, String metric) {
        return ids.of(rule, column == null ? metric : column + "." + metric);
    }

    private static String described(QualityRule rule) {
        if (rule.description() != null) {
            return rule.description();
        }
        return rule.name() == null ? "a rule without a description" : rule.name();
    }
}
