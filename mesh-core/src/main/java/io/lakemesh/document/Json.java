package io.lakemesh.document;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes nodes as JSON (RFC 8259): keys in their order, two spaces of indent, no trailing line break. */
public final class Json {
    private Json() {}

    public static String write(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, 0, out);
        return out.toString();
    }

    /** JSON on a single line. */
    public static String writeCompact(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, -1, out);
        return out.toString();
    }

    private static void write(Node node, int depth, StringBuilder out) {
        if (node instanceof Node.Mapping mapping) {
            writeMapping(mapping, depth, out);
        } else if (node instanceof Node.Sequence sequence) {
            writeSequence(sequence, depth, out);
        } else if (node instanceof Node.Scalar scalar) {
            writeScalar(scalar, out);
        }
    }

    private static void writeMapping(Node.Mapping mapping, int depth, StringBuilder out) {
        out.append('{');
        Iterator<Map.Entry<String, Node>> entries = mapping.entries().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Node> entry = entries.next();
            newLine(inner(depth), out);
            quote(entry.getKey(), out);
            out.append(depth < 0 ? ":" : ": ");
            write(entry.getValue(), inner(depth), out);
            out.append(entries.hasNext() ? "," : "");
        }
        if (!mapping.entries().isEmpty()) {
            newLine(depth, out);
        }
        out.append('}');
    }

    private static void writeSequence(Node.Sequence sequence, int depth, StringBuilder out) {
        out.append('[');
        Iterator<Node> elements = sequence.elements().iterator();
        while (elements.hasNext()) {
            newLine(inner(depth), out);
            write(elements.next(), inner(depth), out);
            out.append(elements.hasNext() ? "," : "");
        }
        if (!sequence.elements().isEmpty()) {
            newLine(depth, out);
        }
        out.append(']');
    }

    private static void writeScalar(Node.Scalar scalar, StringBuilder out) {
        Object value = scalar.value();
        if (value instanceof BigDecimal number) {
            out.append(number);
        } else if (value == null || value instanceof Boolean) {
            out.append(value);
        } else {
            // JSON has no infinities and no NaN: they are written as text
            quote(value.toString(), out);
        }
    }

    private static int inner(int depth) {
        return depth < 0 ? depth : depth + 1;
    }

    private static void newLine(int depth, StringBuilder out) {
        if (depth >= 0) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isUnsafe(c) || (Character.isSurrogate(c) && !paired(text, i))) {
                        escape(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    static void escape(char c, StringBuilder out) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }

    /** Characters that JSON, YAML or JavaScript readers refuse or take for a line break. */
    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF' || c >= '\uFFFE';
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
