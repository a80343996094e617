package io.lakemesh.governance.opa;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.governance.trino.SqlTemplate;
import io.lakemesh.governance.trino.TrinoMasks;
import io.lakemesh.governance.trino.TrinoPredicates;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Policies as OPA's data: the document {@code data.lakemesh.policy} that {@code decision.rego} and {@code trino.rego} read. A column
 * is clear only where it is listed as such, so that whatever is left out is hidden.
 */
final class PolicyData {
    /** The templates of all masks by {@link #key}: many columns share one. */
    private final Map<String, Node> masks = new TreeMap<>();

    /** The tables that somebody may read, by group, purpose (empty for any) and schema: else a list asks about every table. */
    private final Map<String, Map<String, Map<String, Map<String, Boolean>>>> readers = new TreeMap<>();

    private PolicyData() {}

    /**
     * The data of published tables.
     *
     * @param catalogs the names by which Trino knows the lakehouse
     */
    static Node.Mapping of(List<GovernedTable> tables, List<String> catalogs) {
        return new PolicyData().data(tables, catalogs);
    }

    private Node.Mapping data(List<GovernedTable> tables, List<String> catalogs) {
        Map<String, Map<String, Node>> bySchema = new TreeMap<>();
        tables.forEach(table -> bySchema.computeIfAbsent(table.policy().table().namespace(), unused -> new TreeMap<>())
                .put(table.policy().table().name(), table(table)));
        return Node.mapping()
                .put("catalogs", catalogs.stream().sorted().toList())
                .put("masks", masks)
                .put("readers", readers)
                .put("tables", bySchema)
                .build();
    }

    private Node table(GovernedTable table) {
        TablePolicy policy = table.policy();
        Map<String, String> columns = new TreeMap<>();
        table.columns().forEach((name, id) -> columns.put(name, Integer.toString(id)));
        policy.grants().forEach(grant -> index(grant, policy.table()));
        return Node.mapping()
                .put("digest", policy.digest())
                .put("columns", columns)
                .put(
                        "grants",
                        policy.grants().stream()
                                .map(grant -> grant(grant, policy))
                                .toList())
                .build();
    }

    private void index(Grant grant, TableName table) {
        Set<String> purposes = grant.purposes().isEmpty() ? Set.of("") : grant.purposes();
        grant.groups()
                .forEach(group -> purposes.forEach(purpose -> readers.computeIfAbsent(group, unused -> new TreeMap<>())
                        .computeIfAbsent(purpose, unused -> new TreeMap<>())
                        .computeIfAbsent(table.namespace(), unused -> new TreeMap<>())
                        .put(table.name(), true)));
    }

    private Node grant(Grant grant, TablePolicy policy) {
        Map<String, String> masked = new TreeMap<>();
        List<String> clear = new ArrayList<>();
        for (Field field : policy.schema().fields()) {
            Mask mask = grant.mask(field.name());
            String id = Integer.toString(field.id());
            if (mask == Mask.Plain.CLEAR) {
                clear.add(id);
            } else {
                masked.put(id, key(mask, field.type()));
            }
        }
        return Node.mapping()
                .put("role", grant.role())
                .put("groups", grant.groups().stream().sorted().toList())
                .put("purposes", grant.purposes().stream().sorted().toList())
                .put(
                        "rows",
                        grant.rows().stream()
                                .map(rule -> template(TrinoPredicates.render(rule.predicate())))
                                .toList())
                .put("masks", masked)
                .put("clear", clear)
                .build();
    }

    private String key(Mask mask, DataType type) {
        String key = mask + " of " + type;
        masks.computeIfAbsent(key, unused -> template(TrinoMasks.render(mask, type)));
        return key;
    }

    private static Node template(SqlTemplate template) {
        return Node.of(template.parts().stream().map(PolicyData::part).toList());
    }

    private static Node part(SqlTemplate.Part part) {
        if (part instanceof SqlTemplate.Text text) {
            return Node.of(text.sql());
        }
        return part instanceof SqlTemplate.Attribute attribute
                ? Node.mapping().put("attribute", attribute.name()).build()
                : Node.mapping().put("column", true).build();
    }
}
