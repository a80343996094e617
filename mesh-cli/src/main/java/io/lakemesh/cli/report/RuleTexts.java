package io.lakemesh.cli.report;

import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Terms;
import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.contract.TableContract;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule in words: what it asks, and what follows if it does not hold. */
record RuleTexts(String id, String asks, String otherwise) {
    static RuleTexts of(Rule rule) {
        if (rule instanceof Rule.Unique unique) {
            return new RuleTexts(
                    unique.id(),
                    String.join(", ", unique.columns()) + (unique.primaryKey() ? " is the primary key" : " is unique"),
                    "the run is refused");
        }
        if (rule instanceof Rule.Metric metric) {
            return new RuleTexts(metric.id(), asks(metric), otherwise(metric.terms()));
        }
        if (rule instanceof Rule.Custom custom) {
            return new RuleTexts(custom.id(), "what engine " + custom.engine() + " says", otherwise(custom.terms()));
        }
        if (rule instanceof Rule.ServiceLevel level) {
            return level.isOfReleases()
                    ? new RuleTexts(level.id(), "releases stay readable for " + words(level), "maintenance keeps them")
                    : new RuleTexts(level.id(), asks(level), "a warning");
        }
        Rule.NotChecked unchecked = (Rule.NotChecked) rule;
        return new RuleTexts(unchecked.id(), unchecked.text(), "not checked: " + unchecked.reason());
    }

    private static String asks(Rule.Metric metric) {
        Threshold threshold = metric.threshold();
        String operands =
                threshold.operands().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" and "));
        return metric.measure().metric() + " " + threshold.operator().key() + " " + operands
                + (threshold.percent() ? " percent" : "")
                + (threshold.medianOf() > 0 ? " of the median of the last " + threshold.medianOf() + " releases" : "");
    }

    private static String asks(Rule.ServiceLevel level) {
        String column = level.column();
        return level.level().name().toLowerCase(Locale.ROOT) + (column == null ? "" : " of " + column) + " <= "
                + words(level);
    }

    private static String words(Rule.ServiceLevel level) {
        return level.limit().toString().substring(1).replace("T", " ").strip().toLowerCase(Locale.ROOT);
    }

    private static String otherwise(Terms terms) {
        return switch (terms.onFailure()) {
            case REFUSE -> "the run is refused";
            case WARN -> "a warning";
            case QUARANTINE -> "the rows are set aside";
        };
    }

    /** The partition fields as the contract writes them. */
    static List<String> partition(TableContract table) {
        return table.partition().stream()
                .map(field -> field.transform().name().toLowerCase(Locale.ROOT) + "("
                        + (field.parameter() == 0 ? "" : field.parameter() + ", ") + field.column() + ")")
                .toList();
    }
}
