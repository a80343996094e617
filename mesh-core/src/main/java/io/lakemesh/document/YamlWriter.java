package io.lakemesh.document;

import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes block style YAML that any YAML 1.1 or 1.2 reader takes for the same values. */
final class YamlWriter {
    private static final int LONGEST_SIMPLE_KEY = 1_000;
    private static final Set<String> BOOLEANS_OF_YAML_1_1 = Set.of("y", "n", "yes", "no", "on", "off");

    private final StringBuilder out = new StringBuilder();
    private final IdentityHashMap<Node, String> comments;

    private YamlWriter(IdentityHashMap<Node, String> comments) {
        this.comments = comments;
    }

    static String write(Node node, IdentityHashMap<Node, String> comments) {
        YamlWriter writer = new YamlWriter(comments);
        if (isBlock(node)) {
            writer.block(node, 0);
        } else {
            writer.flow(node);
            writer.out.append('\n');
        }
        return writer.out.toString();
    }

    private static boolean isBlock(Node node) {
        return node instanceof Node.Mapping mapping
                ? !mapping.entries().isEmpty()
                : node instanceof Node.Sequence sequence && !sequence.elements().isEmpty();
    }

    /** Writes a block that starts where the line stands now, at this indent. */
    private void block(Node node, int indent) {
        boolean first = true;
        if (node instanceof Node.Mapping mapping) {
            for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
                indent(first ? 0 : indent);
                entry(entry.getKey(), entry.getValue(), indent);
                first = false;
            }
        } else if (node instanceof Node.Sequence sequence) {
            for (Node element : sequence.elements()) {
                indent(first ? 0 : indent);
                element(element, indent);
                first = false;
            }
        }
    }

    private void entry(String key, Node value, int indent) {
        String comment = comments.get(value);
        if (comment != null) {
            out.append("# ").append(comment.replaceAll("\\p{Cntrl}", " ")).append('\n');
            indent(indent);
        }
        String written = isPlain(key) ? key : quoted(key);
        if (written.length() > LONGEST_SIMPLE_KEY) {
            out.append("? ").append(written).append('\n');
            indent(indent);
        } else {
            out.append(written);
        }
        out.append(':');
        if (isBlock(value)) {
            out.append('\n');
            indent(indent + 2);
            block(value, indent + 2);
        } else {
            inline(value, indent);
        }
    }

    private void element(Node element, int indent) {
        out.append('-');
        if (isBlock(element)) {
            out.append(' ');
            block(element, indent + 2);
        } else {
            inline(element, indent);
        }
    }

    private void inline(Node node, int indent) {
        out.append(' ');
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text && isLiteral(text)) {
            literal(text, indent + 2);
        } else {
            flow(node);
            out.append('\n');
        }
    }

    private void flow(Node node) {
        if (node instanceof Node.Scalar scalar) {
            scalar(scalar);
        } else {
            out.append(node instanceof Node.Mapping ? "{}" : "[]");
        }
    }

    private void scalar(Node.Scalar scalar) {
        Object value = scalar.value();
        if (value instanceof String text) {
            out.append(isPlain(text) ? text : quoted(text));
        } else if (value instanceof Double number) {
            out.append(number.isNaN() ? ".nan" : number > 0 ? ".inf" : "-.inf");
        } else {
            out.append(value instanceof BigDecimal number ? number.toString() : String.valueOf(value));
        }
    }

    private void literal(String text, int indent) {
        boolean ends = text.endsWith("\n");
        out.append(ends ? "|" : "|-").append('\n');
        for (String line : text.split("\n", -1)) {
            indent(line.isEmpty() ? 0 : indent);
            out.append(line).append('\n');
        }
        if (ends) {
            out.setLength(out.length() - 1);
        }
    }

    private void indent(int spaces) {
        out.append(" ".repeat(spaces));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        Json.quote(text, quoted);
        return quoted.toString();
    }

    /** Text of several lines that a literal block holds as it is. */
    private static boolean isLiteral(String text) {
        return text.contains("\n")
                && !text.startsWith("\n")
                && !text.startsWith(" ")
                && !text.endsWith("\n\n")
                && text.codePoints().allMatch(c -> c == '\n' || c == ' ' || isHarmless(c))
                && !text.contains(" \n")
                && !text.endsWith(" ");
    }

    private static boolean isHarmless(int c) {
        return (c > ' ' && c < 0x7f) || Character.isLetterOrDigit(c);
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && (Character.isLetter(text.codePointAt(0)) || text.charAt(0) == '_' || text.charAt(0) == '/')
                && text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || " _-./:@()+".indexOf(c) >= 0)
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !BOOLEANS_OF_YAML_1_1.contains(text.toLowerCase(Locale.ROOT))
                && CoreScalars.resolve(text) instanceof String;
    }
}
