package io.lakemesh.audit;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.GovernedReader;
import io.lakemesh.policy.Subject;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers an {@link AuditRecord}; {@link AuditLog#append} completes it. Not thread-safe. */
public final class AuditRecordBuilder {
    private final Action action;
    private final boolean granted;
    private final Map<String, String> masks = new LinkedHashMap<>();
    private List<String> columns = List.of();
    private @Nullable Subject subject;
    private @Nullable ProductAddress product;
    private @Nullable String object;
    private @Nullable String table;
    private @Nullable Long release;
    private @Nullable String filter;
    private @Nullable String role;
    private @Nullable String reason;
    private @Nullable String policy;
    private @Nullable String reference;

    AuditRecordBuilder(Action action, boolean granted) {
        this.action = action;
        this.granted = granted;
    }

    public AuditRecordBuilder subject(Subject who) {
        this.subject = who;
        return this;
    }

    public AuditRecordBuilder product(ProductAddress address) {
        this.product = address;
        return this;
    }

    public AuditRecordBuilder release(long number) {
        this.release = number;
        return this;
    }

    public AuditRecordBuilder table(String name) {
        this.table = name;
        return this;
    }

    /** An object and its table. */
    public AuditRecordBuilder table(TableVersion version) {
        this.object = version.object();
        return table(version.table().toString());
    }

    public AuditRecordBuilder columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    /** What a decision let be seen of columns: role, row filter and masks. */
    public AuditRecordBuilder seen(TableSchema read, Decision.Granted decision) {
        columns(read.fields().stream().map(Field::name).toList());
        for (Field field : read.fields()) {
            Mask mask = GovernedReader.mask(field, decision);
            if (!mask.equals(Mask.Plain.CLEAR)) {
                masks.put(field.name(), mask.toString());
            }
        }
        if (!decision.rows().isEmpty()) {
            filter = decision.rows().stream().map(Predicate::toString).collect(Collectors.joining(") AND (", "(", ")"));
        }
        return role(decision.role());
    }

    /** The text of a row filter. */
    public AuditRecordBuilder filter(String text) {
        this.filter = text;
        return this;
    }

    /** What masked columns show. */
    public AuditRecordBuilder masks(Map<String, String> byColumn) {
        masks.putAll(byColumn);
        return this;
    }

    public AuditRecordBuilder role(String name) {
        this.role = name;
        return this;
    }

    public AuditRecordBuilder reason(String why) {
        this.reason = why;
        return this;
    }

    public AuditRecordBuilder policy(String digest) {
        this.policy = digest;
        return this;
    }

    public AuditRecordBuilder reference(String name) {
        this.reference = name;
        return this;
    }

    public AuditRecord build(String id, Instant at, String actor) {
        return new AuditRecord(
                id,
                at,
                action,
                granted,
                actor,
                subject,
                product,
                object,
                table,
                release,
                new ArrayList<>(columns),
                filter,
                masks,
                role,
                reason,
                policy,
                reference);
    }
}
