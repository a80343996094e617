package io.lakemesh.audit;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.run.Layout;
import io.lakemesh.schema.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of the audit's table: a record's texts, and behind them its place in the chain. */
final class AuditColumns {
    static final String SEQUENCE = "sequence";
    static final String PREVIOUS = "previous_hash";
    static final String HASH = "hash";
    static final String AT = "decided_at";
    private static final String RELEASE = "release";

    /** Every text that a record may have, in the order in which they are hashed: others come behind them, in no other place. */
    private static final Map<String, String> TEXTS = texts();

    static final Layout<AuditEntry> LAYOUT = layout();

    private AuditColumns() {}

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("id", "Unique; of a decision of Open Policy Agent its decision_id");
        texts.put(AT, "When it was decided");
        texts.put("action", "read, diff, quarantine, history, reveal, query, publish, rollback, erase or policy-push");
        texts.put("decision", "granted or denied");
        texts.put("actor", "The identity that acted: of the mesh that was opened, or of the decision point");
        texts.put("user_name", "For whom; null where the actor acted as the mesh's owner");
        texts.put("group_names", "The user's groups, a JSON array");
        texts.put("purposes", "The user's purposes, a JSON array");
        texts.put("domain", "The product's domain");
        texts.put("product", "The product's name");
        texts.put("object", "The contract's object");
        texts.put("table_name", "The object's table");
        texts.put(RELEASE, "The release that was read or made");
        texts.put("column_names", "The columns that were read, or that an erasure's key has; a JSON array");
        texts.put("row_filter", "The policy's row filter, bound to the user");
        texts.put("masks", "What masked columns showed, a JSON mapping");
        texts.put("role", "The role that decided");
        texts.put("reason", "Why it was denied");
        texts.put("policy", "SHA-256 of the policy that decided, or was pushed");
        texts.put("reference", "What it is known by elsewhere: a run, an erasure's case, a query");
        return texts;
    }

    private static Layout<AuditEntry> layout() {
        Layout<AuditEntry> layout = new Layout<AuditEntry>()
                .number(SEQUENCE, "The record's place in the chain, from 1", AuditEntry::sequence);
        TEXTS.forEach((name, doc) -> {
            if (name.equals(AT)) {
                layout.time(name, doc, entry -> Instant.parse(entry.required(name)));
            } else if (name.equals(RELEASE)) {
                layout.number(name, doc, entry -> number(entry.texts().get(name)));
            } else {
                layout.text(name, doc, entry -> entry.texts().get(name));
            }
        });
        return layout.text(PREVIOUS, "The hash of the record before", AuditEntry::previous)
                .text(HASH, "SHA-256 over the place, the hash before and the record", AuditEntry::hash);
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null ? null : Long.valueOf(text);
    }

    static boolean isKnown(String name) {
        return TEXTS.containsKey(name);
    }

    /** Texts in the columns' order, without those that are absent. */
    static Map<String, String> present(Map<String, @Nullable String> texts) {
        Map<String, String> present = new LinkedHashMap<>();
        for (String name : TEXTS.keySet()) {
            String text = texts.get(name);
            if (text != null) {
                present.put(name, text);
            }
        }
        return present;
    }

    /**
     * A record as it stands in the table, whether it fits its hash or not. Texts of columns that a later version added count: they
     * are behind those that are known here, in the table's order.
     */
    static AuditEntry entry(Row row) {
        Map<String, String> texts = new LinkedHashMap<>();
        Stream.concat(TEXTS.keySet().stream(), row.names().stream().filter(name -> !isOfThisVersion(name)))
                .forEach(name -> text(name, row.get(name)).ifPresent(text -> texts.put(name, text)));
        return new AuditEntry(
                row.get(SEQUENCE) instanceof Long sequence ? sequence : 0,
                String.valueOf(row.get(PREVIOUS)),
                String.valueOf(row.get(HASH)),
                texts);
    }

    private static boolean isOfThisVersion(String name) {
        return LAYOUT.schema().position(name).isPresent();
    }

    private static Optional<String> text(String name, @Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return Optional.of(time.toInstant().toString());
        }
        if (value == null || value instanceof String || value instanceof Long) {
            return Optional.ofNullable(value).map(Object::toString);
        }
        throw new IntegrityException("column " + name
                + " is of a kind that this version of Lakemesh cannot check: use the version that made it");
    }

    static List<String> names() {
        return List.copyOf(TEXTS.keySet());
    }
}
