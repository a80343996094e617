package io.lakemesh.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One spelling for everything that is equal: sorted keys, numbers without trailing zeros, no white space. */
final class CanonicalJson {
    private CanonicalJson() {}

    static String digest(Node node) {
        byte[] text = Json.writeCompact(canonical(node)).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Node canonical(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node> sorted = new LinkedHashMap<>();
            new TreeMap<>(mapping.entries()).forEach((key, value) -> sorted.put(key, canonical(value)));
            return new Node.Mapping(sorted, Map.of(), Node.NOWHERE);
        }
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.elements().stream().map(CanonicalJson::canonical).toList(), Node.NOWHERE);
        }
        return node instanceof Node.Scalar scalar && scalar.value() instanceof BigDecimal number
                ? new Node.Scalar(number.stripTrailingZeros(), Node.NOWHERE)
                : node;
    }
}
