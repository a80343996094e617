package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a document against a shape and collects every problem. */
final class ShapeCheck {
    private final String standard;
    private final boolean newer;
    private final Problems problems;

    /** Where {@code newer}, unknown keys and the version are warned of only. */
    ShapeCheck(String standard, boolean newer, Problems problems) {
        this.standard = standard;
        this.newer = newer;
        this.problems = problems;
    }

    /** {@code label} names the node in messages. */
    void check(Node node, Shape shape, String label) {
        if (shape instanceof Shape.Keys keys) {
            mapping(node, keys, label);
        } else if (shape instanceof Shape.Items items) {
            sequence(node, items, label);
        } else if (shape instanceof Shape.ListOr either) {
            check(node, node instanceof Node.Sequence ? either.items() : either.other(), label);
        } else if (shape instanceof Shape.MappingOr either) {
            check(node, node instanceof Node.Mapping ? new Shape.Anything() : either.other(), label);
        } else if (shape instanceof Shape.Later later) {
            check(node, later.shape().get(), label);
        } else if (!(shape instanceof Shape.Anything)) {
            scalar(node, shape, label);
        }
    }

    private void mapping(Node node, Shape.Keys shape, String label) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(node, label, "a mapping");
            return;
        }
        Shape.Keys keys = shape.variants().isEmpty() ? shape : shape.resolve(mapping);
        keys.required().stream()
                .filter(key -> !mapping.entries().containsKey(key))
                .forEach(key -> missing(mapping, keys, key));
        mapping.entries().forEach((key, value) -> entry(mapping, keys, key, value));
        keys.rules().forEach(rule -> rule.accept(mapping, problems));
    }

    private void missing(Node.Mapping mapping, Shape.Keys keys, String key) {
        Shape shape = keys.shapes().getOrDefault(key, new Shape.Anything());
        problems.error(
                mapping.place(), keys.title() + " lacks the key '" + key + "', expected " + Expectation.of(shape));
    }

    private void entry(Node.Mapping mapping, Shape.Keys keys, String key, Node value) {
        Shape shape = keys.shapes().get(key);
        if (shape != null) {
            check(value, shape, Shown.quoted(key));
        } else if (!keys.open()) {
            unknown(mapping, keys, key);
        }
    }

    private void unknown(Node.Mapping mapping, Shape.Keys keys, String key) {
        String message = "unknown key " + Shown.quoted(key) + " in " + keys.title();
        if (newer) {
            problems.warning(mapping.placeOf(key), message + ", kept because the file is newer than " + standard);
        } else {
            problems.error(
                    mapping.placeOf(key), message + near(key, keys.shapes().keySet()));
        }
    }

    private static String near(String key, Set<String> known) {
        String hint = NearMatch.hint(key, known);
        return hint.isEmpty() ? ", expected " + Expectation.names(known) : hint;
    }

    private void sequence(Node node, Shape.Items items, String label) {
        if (!(node instanceof Node.Sequence sequence)) {
            wrongType(node, label, "a list");
            return;
        }
        List<Node> elements = sequence.elements();
        if (elements.size() < items.least() || elements.size() > items.most()) {
            problems.error(
                    node.place(),
                    label + " has " + elements.size() + " elements, expected " + Expectation.count(items));
        }
        elements.forEach(element -> check(element, items.element(), "an element of " + label));
        if (items.unique() && repeats(elements)) {
            problems.error(node.place(), label + " holds the same value twice, expected different ones");
        }
    }

    private static boolean repeats(List<Node> elements) {
        Set<Node> seen = new HashSet<>();
        return !elements.stream().map(ShapeCheck::comparable).allMatch(seen::add);
    }

    private static Node comparable(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof BigDecimal number
                ? Node.of(number.stripTrailingZeros())
                : node;
    }

    private void scalar(Node node, Shape shape, String label) {
        Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
        if (shape instanceof Shape.AnyScalar ? node instanceof Node.Scalar : isOfType(value, shape)) {
            content(node, value, shape, label);
        } else {
            wrongType(node, label, Expectation.of(shape));
        }
    }

    private static boolean isOfType(@Nullable Object value, Shape shape) {
        if (shape instanceof Shape.Flag) {
            return value instanceof Boolean;
        }
        return shape instanceof Shape.Amount ? value instanceof BigDecimal : value instanceof String;
    }

    private void content(Node node, @Nullable Object value, Shape shape, String label) {
        if (value instanceof String text && shape instanceof Shape.Version version) {
            version(node, text, version, label);
        } else if (!allows(shape, value)) {
            String hint = value instanceof String text && shape instanceof Shape.Choice choice
                    ? NearMatch.hint(text, choice.texts())
                    : "";
            problems.error(
                    node.place(),
                    label + " is " + Shown.quoted(String.valueOf(value)) + ", expected " + Expectation.of(shape)
                            + hint);
        }
    }

    private void version(Node node, String text, Shape.Version version, String label) {
        if (newer) {
            problems.warning(
                    node.place(), label + " is " + Shown.quoted(text) + ", newer than " + standard + ": read as that");
        } else if (!version.known().contains(text)) {
            problems.error(node.place(), label + " is " + Shown.quoted(text) + ", expected " + Expectation.of(version));
        }
    }

    private static boolean allows(Shape shape, @Nullable Object value) {
        if (value instanceof String text) {
            return shape instanceof Shape.Choice choice
                    ? choice.texts().contains(text)
                    : !(shape instanceof Shape.Matching matching)
                            || matching.pattern().matcher(text).find();
        }
        return !(value instanceof BigDecimal number && shape instanceof Shape.Amount amount) || inRange(number, amount);
    }

    private static boolean inRange(BigDecimal number, Shape.Amount amount) {
        return !(amount.whole() && number.stripTrailingZeros().scale() > 0)
                && (amount.least() == null || number.compareTo(amount.least()) >= 0)
                && (amount.above() == null || number.compareTo(amount.above()) > 0);
    }

    private void wrongType(Node node, String label, String expected) {
        boolean unquoted = expected.startsWith("text") && node instanceof Node.Scalar scalar && scalar.value() != null;
        problems.error(
                node.place(),
                label + " is " + Expectation.kind(node) + ", expected " + expected
                        + (unquoted ? " (put it in quotes)" : ""));
    }
}
