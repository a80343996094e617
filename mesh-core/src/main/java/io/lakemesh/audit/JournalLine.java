package io.lakemesh.audit;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a journal. */
final class JournalLine {
    private static final List<String> REQUIRED = List.of("id", AuditColumns.AT, "action", "decision", "actor");

    private JournalLine() {}

    /**
     * Reads a line.
     *
     * @throws IntegrityException if it is none that was written here
     */
    static Map<String, String> parse(Path file, String line) {
        try {
            return texts(line);
        } catch (InvalidInputException | IllegalArgumentException | DateTimeException e) {
            throw new IntegrityException(
                    "Cannot take in the journal " + file + ": a line of it is damaged; its records stay there", e);
        }
    }

    private static Map<String, String> texts(String line) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        if (Documents.parse("journal", line, DocumentLimits.MANIFEST) instanceof Node.Mapping node) {
            for (String name : node.entries().keySet()) {
                require(AuditColumns.isKnown(name), name);
                texts.put(name, node.text(name).orElse(null));
            }
        }
        REQUIRED.forEach(name -> require(texts.get(name) != null, name));
        Instant.parse(String.valueOf(texts.get(AuditColumns.AT)));
        if (texts.get("release") != null) {
            Long.parseLong(String.valueOf(texts.get("release")));
        }
        return AuditColumns.present(texts);
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("Invalid record: " + name);
        }
    }
}
