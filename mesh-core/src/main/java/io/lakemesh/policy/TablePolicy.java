package io.lakemesh.policy;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.mask.Mask;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mesh's policy and a contract's, put together for one table.
 *
 * @param grants in the contract's order: the first one that is for a subject and its purpose decides
 * @param schema the table's columns; with field ids once the table is there
 * @param reversible by column; protections that a key leads back from
 */
public record TablePolicy(
        ProductAddress product,
        String object,
        TableName table,
        List<Grant> grants,
        TableSchema schema,
        Map<String, Keyed> reversible) {
    public TablePolicy {
        grants = List.copyOf(grants);
        reversible = Map.copyOf(reversible);
    }

    /** Of a table without reversible columns. */
    public TablePolicy(ProductAddress product, String object, TableName table, List<Grant> grants, TableSchema schema) {
        this(product, object, table, grants, schema, Map.of());
    }

    /** The grant that decides for a subject. */
    public Optional<Grant> grant(Subject subject) {
        return grants.stream()
                .filter(grant -> grant.isFor(subject) && grant.isForPurposeOf(subject))
                .findFirst();
    }

    /** What a subject may read. */
    public Decision decide(Subject subject) {
        return grant(subject).<Decision>map(grant -> granted(grant, subject)).orElseGet(() -> denied(subject));
    }

    /**
     * What a subject may read in a role that something else decided on; empty if it is none of the subject's for its purpose. A role may
     * stand several times, for other purposes.
     */
    public Optional<Decision> decide(Subject subject, String role) {
        return grants.stream()
                .filter(grant -> grant.role().equals(role))
                .filter(grant -> grant.isFor(subject) && grant.isForPurposeOf(subject))
                .findFirst()
                .map(grant -> granted(grant, subject));
    }

    /** What the mesh's owner may read: everything that is stored, and all that leads back from it. */
    public Decision.Granted owners() {
        Map<Integer, Mask> masks = new LinkedHashMap<>();
        schema.fields().forEach(field -> masks.put(field.id(), Mask.Plain.CLEAR));
        return new Decision.Granted("owner", List.of(), masks, schema, revealable(reversible.keySet()));
    }

    private Map<Integer, Keyed> revealable(Set<String> columns) {
        Map<Integer, Keyed> revealable = new HashMap<>();
        for (Field field : schema.fields()) {
            Keyed protection = reversible.get(field.name());
            if (protection != null && columns.contains(field.name())) {
                revealable.put(field.id(), protection);
            }
        }
        return revealable;
    }

    /** What a subject may read by one of the policy's grants. */
    public Decision.Granted granted(Grant grant, Subject subject) {
        Map<Integer, Mask> masks = new LinkedHashMap<>();
        schema.fields().forEach(field -> masks.put(field.id(), grant.mask(field.name())));
        List<Predicate> rows = grant.rows().stream()
                .map(rule -> Predicates.bind(rule.predicate(), subject::attribute))
                .toList();
        return new Decision.Granted(
                grant.role(), rows, masks, schema, revealable(grant.reveals().keySet()));
    }

    private Decision denied(Subject subject) {
        if (grants.isEmpty()) {
            return new Decision.Denied("its contract has no role that may read it, so only its owner may");
        }
        List<Grant> forOtherPurposes =
                grants.stream().filter(grant -> grant.isFor(subject)).toList();
        if (forOtherPurposes.isEmpty()) {
            return new Decision.Denied("none of the roles "
                    + grants.stream().map(Grant::role).toList() + " is the subject's; ask the product's owner");
        }
        return new Decision.Denied("role " + forOtherPurposes.get(0).role() + " may read it for the purposes "
                + forOtherPurposes.stream()
                        .flatMap(grant -> grant.purposes().stream())
                        .sorted()
                        .distinct()
                        .toList()
                + " only; state one of them");
    }

    /**
     * SHA-256 over what is decided: grants in their order, filters, masks by field id, what may be revealed. Two policies with the same digest decide
     * alike; where a rule stands does not count.
     */
    public String digest() {
        return Documents.digest(Node.mapping()
                .put("table", table.toString())
                .put("columns", schema.fields().stream().map(Field::toString).toList())
                .put("ids", schema.fields().stream().map(Field::id).toList())
                .put("grants", grants.stream().map(TablePolicy::content).toList())
                .build());
    }

    private static Node content(Grant grant) {
        Map<String, String> masks = new LinkedHashMap<>();
        grant.columns().forEach((column, rule) -> masks.put(column, rule.mask().toString()));
        return Node.mapping()
                .put("role", grant.role())
                .put("groups", grant.groups().stream().sorted().toList())
                .put("purposes", grant.purposes().stream().sorted().toList())
                .put(
                        "rows",
                        grant.rows().stream()
                                .map(rule -> rule.predicate().toString())
                                .toList())
                .put("masks", masks)
                .put("reveals", List.copyOf(grant.reveals().keySet()))
                .build();
    }
}
