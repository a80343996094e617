package io.lakemesh.governance.opa;

import io.lakemesh.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * JSON in the one form over which Open Policy Agent takes the digest of a signed bundle's documents: keys in the order of their UTF-8
 * bytes, no white space, the escapes of Go's encoder.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static byte[] write(Node node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return sorted(mapping).entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + text(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.elements().stream().map(CanonicalJson::text).collect(Collectors.joining(",", "[", "]"));
        }
        Object value = ((Node.Scalar) node).value();
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    private static Map<String, Node> sorted(Node.Mapping mapping) {
        Map<String, Node> sorted = new TreeMap<>((one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
        sorted.putAll(mapping.entries());
        return sorted;
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(CanonicalJson::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                boolean unsafe = c < ' ' || c == 0x2028 || c == 0x2029;
                yield unsafe ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c);
            }
        };
    }
}
