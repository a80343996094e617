package io.lakemesh.audit;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.policy.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision: who was let do what, or was not.
 *
 * @param id unique: a record with the same id is taken once
 * @param at when it was decided, in microseconds
 * @param actor the identity that acted: of the mesh that was opened, or of the decision point
 * @param subject for whom; null where the actor acted as the mesh's owner
 * @param product null where it is not known, or not one product's
 * @param object the contract's object; null for all of them
 * @param table the object's table
 * @param release that was read or made; null where there is none
 * @param columns that were read, those that a condition named among them
 * @param filter the text of the policy's row filter, bound to the subject; null for none
 * @param masks by column; of clear columns none
 * @param role the role that decided; null where none did
 * @param reason why it was denied
 * @param policy digest of the policy that decided, or was pushed
 * @param reference what the decision is known by elsewhere: a run, an erasure's case, a query
 */
public record AuditRecord(
        String id,
        Instant at,
        Action action,
        boolean granted,
        String actor,
        @Nullable Subject subject,
        @Nullable ProductAddress product,
        @Nullable String object,
        @Nullable String table,
        @Nullable Long release,
        List<String> columns,
        @Nullable String filter,
        Map<String, String> masks,
        @Nullable String role,
        @Nullable String reason,
        @Nullable String policy,
        @Nullable String reference) {
    private static final String PURPOSE = "purpose:";

    public AuditRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
        columns = List.copyOf(columns);
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    }

    /** Starts a record of what was let happen. */
    public static AuditRecordBuilder granted(Action action) {
        return new AuditRecordBuilder(action, true);
    }

    /** Starts a record of what was not. */
    public static AuditRecordBuilder denied(Action action, String reason) {
        return new AuditRecordBuilder(action, false).reason(reason);
    }

    /** The record as texts by {@link AuditColumns}' names; what is absent is not in it. */
    Map<String, String> texts() {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put("id", id);
        texts.put("decided_at", at.toString());
        texts.put("action", action.toString());
        texts.put("decision", granted ? "granted" : "denied");
        texts.put("actor", actor);
        texts.put("user_name", subject == null ? null : subject.user());
        texts.put("group_names", subject == null ? null : list(groups(subject)));
        texts.put("purposes", subject == null ? null : list(subject.purposes()));
        texts.put("domain", product == null ? null : product.domain());
        texts.put("product", product == null ? null : product.name());
        texts.put("object", object);
        texts.put("table_name", table);
        texts.put("release", release == null ? null : release.toString());
        texts.put("column_names", list(columns));
        texts.put("row_filter", filter);
        texts.put("masks", masks.isEmpty() ? null : Json.writeCompact(Node.of(masks)));
        texts.put("role", role);
        texts.put("reason", reason);
        texts.put("policy", policy);
        texts.put("reference", reference);
        return AuditColumns.present(texts);
    }

    private static List<String> groups(Subject subject) {
        return subject.groups().stream()
                .filter(group -> !group.startsWith(PURPOSE))
                .toList();
    }

    private static @Nullable String list(Collection<String> texts) {
        return texts.isEmpty() ? null : Json.writeCompact(Node.of(List.copyOf(texts)));
    }
}
