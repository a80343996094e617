package io.lakemesh.policy;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.mask.Mask;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mesh's policy and a contract's, put together for one table.
 *
 * @param grants in the contract's order: the first one that is for a subject and its purpose decides
 * @param schema the table's columns; with field ids once the table is there
 */
public record TablePolicy(
        ProductAddress product, String object, TableName table, List<Grant> grants, TableSchema schema) {
    public TablePolicy {
        grants = List.copyOf(grants);
    }

    /** The grant that decides for a subject. */
    public Optional<Grant> grant(Subject subject) {
        return grants.stream()
                .filter(grant -> grant.isFor(subject) && grant.isForPurposeOf(subject))
                .findFirst();
    }

    /** What a subject may read. */
    public Decision decide(Subject subject) {
        return grant(subject).map(grant -> granted(grant, subject)).orElseGet(() -> denied(subject));
    }

    /** What a subject may read in one of the policy's roles, which something else decided on; empty if there is no such role. */
    public Optional<Decision> decide(Subject subject, String role) {
        return grants.stream()
                .filter(grant -> grant.role().equals(role))
                .findFirst()
                .map(grant -> granted(grant, subject));
    }

    private Decision granted(Grant grant, Subject subject) {
        Map<Integer, Mask> masks = new LinkedHashMap<>();
        schema.fields().forEach(field -> masks.put(field.id(), grant.mask(field.name())));
        List<Predicate> rows = grant.rows().stream()
                .map(rule -> Predicates.bind(rule.predicate(), subject::attribute))
                .toList();
        return new Decision.Granted(grant.role(), rows, masks, schema);
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
     * SHA-256 over what is decided: grants in their order, filters, masks by field id. Two policies with the same digest decide
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
                .build();
    }
}
