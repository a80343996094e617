package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import java.math.BigDecimal;
import java.util.Collection;

/** Shapes and nodes in words. */
final class Expectation {
    private static final int LONGEST_LIST = 16;

    private Expectation() {}

    static String of(Shape shape) {
        if (shape instanceof Shape.Choice choice) {
            return choice.texts().size() == 1 ? "'" + choice.texts().get(0) + "'" : names(choice.texts());
        }
        if (shape instanceof Shape.Version version) {
            return names(version.known());
        }
        if (shape instanceof Shape.Matching matching) {
            return "text: " + matching.expected();
        }
        if (shape instanceof Shape.Amount amount) {
            return amount(amount);
        }
        if (shape instanceof Shape.MappingOr either) {
            return of(either.other()) + " or a mapping";
        }
        if (shape instanceof Shape.Later later) {
            return of(later.shape().get());
        }
        return simple(shape);
    }

    private static String simple(Shape shape) {
        if (shape instanceof Shape.Text) {
            return "text";
        }
        if (shape instanceof Shape.Flag) {
            return "true or false";
        }
        if (shape instanceof Shape.AnyScalar) {
            return "a single value";
        }
        if (shape instanceof Shape.Items) {
            return "a list";
        }
        return shape instanceof Shape.ListOr either
                ? "a list or " + of(either.other())
                : shape instanceof Shape.Keys ? "a mapping" : "a value";
    }

    private static String amount(Shape.Amount amount) {
        BigDecimal least = amount.least();
        BigDecimal above = amount.above();
        return (amount.whole() ? "a whole number" : "a number")
                + (least == null ? "" : " from " + least)
                + (above == null ? "" : " above " + above);
    }

    static String names(Collection<String> names) {
        String some = String.join(", ", names.stream().limit(LONGEST_LIST).toList());
        return names.isEmpty() ? "none" : "one of " + some + (names.size() > LONGEST_LIST ? ", ..." : "");
    }

    static String count(Shape.Items items) {
        return items.most() == Integer.MAX_VALUE
                ? "at least " + items.least()
                : items.least() == items.most() ? "" + items.least() : items.least() + " to " + items.most();
    }

    static String kind(Node node) {
        if (node instanceof Node.Scalar scalar) {
            Object value = scalar.value();
            return value == null
                    ? "null"
                    : value instanceof String ? "text" : value instanceof Boolean ? "a boolean" : "a number";
        }
        return node instanceof Node.Mapping ? "a mapping" : "a list";
    }
}
