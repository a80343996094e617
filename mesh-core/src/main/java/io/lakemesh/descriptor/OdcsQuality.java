package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Shape.choice;
import static io.lakemesh.descriptor.Shape.is;
import static io.lakemesh.descriptor.Shape.number;

import io.lakemesh.descriptor.Shape.Items;
import io.lakemesh.descriptor.Shape.Keys;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import java.util.List;

/** The quality rules of ODCS 3.1.0. */
final class OdcsQuality {
    private static final Shape RANGE = new Items(number(), 2, 2, true);

    private static final Keys OPERATORS = Keys.of("a rule's operators")
            .with(new Shape.Anything(), "mustBe", "mustNotBe")
            .with(number(), "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo")
            .with(RANGE, "mustBeBetween", "mustNotBeBetween")
            .rule(OdcsQuality::requireOneOperator);

    private static final Keys LIBRARY = OPERATORS
            .with(choice("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"), "metric!")
            .text("rule")
            .with(Keys.anyOf("the arguments"), "arguments");

    private static final Keys SQL = OPERATORS.text("query!");

    private static final Keys CUSTOM =
            Keys.of("a custom rule").text("engine!").with(new Shape.MappingOr(new Shape.Text()), "implementation!");

    private OdcsQuality() {}

    static Shape rules(Keys described) {
        return Shape.listOf(described
                .titled("a quality rule")
                .text("businessImpact", "method", "name", "schedule", "scheduler", "severity", "unit")
                .with(
                        choice(
                                "accuracy",
                                "completeness",
                                "conformity",
                                "consistency",
                                "coverage",
                                "timeliness",
                                "uniqueness"),
                        "dimension")
                .with(choice("text", "library", "sql", "custom"), "type")
                .when(is("type", "library").or(OdcsQuality::namesMetric), LIBRARY)
                .when(is("type", "sql"), SQL)
                .when(is("type", "custom"), CUSTOM));
    }

    private static boolean namesMetric(Node.Mapping rule) {
        return rule.entries().get("metric") instanceof Node.Scalar metric && metric.value() instanceof String;
    }

    private static void requireOneOperator(Node.Mapping rule, Problems problems) {
        List<String> present = rule.entries().keySet().stream()
                .filter(OPERATORS.shapes()::containsKey)
                .toList();
        if (present.isEmpty()) {
            problems.error(
                    rule.place(),
                    "a quality rule lacks its operator, expected "
                            + Expectation.names(OPERATORS.shapes().keySet()));
        } else if (present.size() > 1) {
            problems.error(
                    rule.placeOf(present.get(1)),
                    "a quality rule has " + present.size() + " operators (" + String.join(", ", present)
                            + "), expected one");
        }
    }
}
