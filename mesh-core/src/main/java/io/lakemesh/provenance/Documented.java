package io.lakemesh.provenance;

import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads entries of our own documents; whatever is missing or of another kind is an {@link IntegrityException} with its place. */
final class Documented {
    private Documented() {}

    static Node entry(Node.Mapping mapping, String key) {
        return mapping.get(key)
                .orElseThrow(() -> new IntegrityException("Invalid document: no '" + key + "' at " + mapping.place()));
    }

    static Node.Mapping mapping(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new IntegrityException("Invalid document: a mapping was expected at " + node.place());
    }

    static Node.Mapping mapping(Node.Mapping parent, String key) {
        return mapping(entry(parent, key));
    }

    static String text(Node.Mapping mapping, String key) {
        return mapping.text(key)
                .orElseThrow(
                        () -> new IntegrityException("Invalid document: no text '" + key + "' at " + mapping.place()));
    }

    static long number(Node.Mapping mapping, String key) {
        return number(entry(mapping, key));
    }

    static long number(Node node) {
        String text = node instanceof Node.Scalar scalar ? scalar.text().orElse("") : "";
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IntegrityException("Invalid document: a whole number was expected at " + node.place(), e);
        }
    }

    static boolean flag(Node.Mapping mapping, String key) {
        return Boolean.parseBoolean(text(mapping, key));
    }

    static Instant instant(Node.Mapping mapping, String key) {
        try {
            return Instant.parse(text(mapping, key));
        } catch (DateTimeParseException e) {
            throw new IntegrityException("Invalid document: '" + key + "' is no instant at " + mapping.place(), e);
        }
    }
}
