package io.lakemesh.contract;

import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.document.Node;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a measured number must be: exactly one operator, its numbers, the unit, and history. */
final class ThresholdReader {
    private static final Pattern MEDIAN = Pattern.compile("median\\(\\s*(\\d{1,3})\\s*\\)");
    private static final int LONGEST_HISTORY = 100;

    private final QualityRule rule;
    private final Problems problems;

    ThresholdReader(QualityRule rule, Problems problems) {
        this.rule = rule;
        this.problems = problems;
    }

    Optional<Threshold> read() {
        List<Operator> operators = Arrays.stream(Operator.values())
                .filter(operator -> rule.node().get(operator.key()).isPresent())
                .toList();
        if (operators.size() != 1) {
            problems.error(rule.node().place(), wrongNumber(operators));
            return Optional.empty();
        }
        Operator operator = operators.get(0);
        boolean percent = percent();
        int medianOf = medianOf(percent);
        return operands(operator).map(operands -> new Threshold(operator, operands, percent, medianOf));
    }

    private String wrongNumber(List<Operator> operators) {
        List<String> keys = Arrays.stream(Operator.values()).map(Operator::key).toList();
        if (!operators.isEmpty()) {
            return "a rule has one operator, found "
                    + String.join(" and ", operators.stream().map(Operator::key).toList());
        }
        String hint = rule.node().entries().keySet().stream()
                .filter(key -> key.startsWith("must"))
                .findFirst()
                .map(key -> NearMatch.hint(key, keys))
                .orElse("");
        return "the rule has no operator, expected one of " + String.join(", ", keys) + hint;
    }

    private Optional<List<BigDecimal>> operands(Operator operator) {
        boolean between = operator == Operator.MUST_BE_BETWEEN || operator == Operator.MUST_NOT_BE_BETWEEN;
        List<Node> nodes = between
                ? rule.node().list(operator.key())
                : rule.node().get(operator.key()).stream().toList();
        List<BigDecimal> numbers = nodes.stream()
                .flatMap(node -> node instanceof Node.Scalar scalar && scalar.value() instanceof BigDecimal number
                        ? java.util.stream.Stream.of(number)
                        : java.util.stream.Stream.empty())
                .toList();
        Place place = rule.node().placeOf(operator.key());
        if (numbers.size() != (between ? 2 : 1) || nodes.size() != numbers.size()) {
            problems.error(place, operator.key() + " takes " + (between ? "a list of two numbers" : "a number"));
            return Optional.empty();
        }
        if (between && numbers.get(0).compareTo(numbers.get(1)) > 0) {
            problems.error(place, operator.key() + " takes the smaller number first");
            return Optional.empty();
        }
        return Optional.of(numbers);
    }

    private boolean percent() {
        String unit = rule.unit() == null ? "rows" : rule.unit();
        if (!unit.equals("rows") && !unit.equals("percent")) {
            problems.error(
                    rule.node().placeOf("unit"),
                    "unknown unit " + Names.quoted(unit) + ", expected rows or percent"
                            + NearMatch.hint(unit, List.of("rows", "percent")));
        }
        return unit.equals("percent");
    }

    private int medianOf(boolean percent) {
        String key = OwnProperty.RELATIVE_TO.key();
        if (rule.customProperties().get(key).isEmpty()) {
            return 0;
        }
        Place place = rule.customProperties().placeOf(key);
        Matcher matcher = MEDIAN.matcher(rule.customProperties().text(key).orElse(""));
        int releases = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (releases < 1 || releases > LONGEST_HISTORY) {
            problems.error(place, key + " is median(n) of the last n releases, n from 1 to " + LONGEST_HISTORY);
        }
        if (!percent) {
            problems.error(place, key + " needs unit: percent");
        }
        return releases;
    }
}
