package io.lakemesh.governance.opa;

import io.lakemesh.Mesh;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.history.History;
import io.lakemesh.history.ReadDecisions;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A published table and its policy.
 *
 * @param columns field ids by every name that a column of the policy has or had; a name that stood for several columns over time is
 *     left out, so that it is hidden
 */
public record GovernedTable(TablePolicy policy, Map<String, Integer> columns) {
    public GovernedTable {
        columns = Map.copyOf(columns);
    }

    /** Every published table of a mesh. */
    public static List<GovernedTable> of(Mesh mesh) {
        return mesh.products().stream()
                .flatMap(address -> History.of(address, mesh.lakehouse()).stream())
                .flatMap(history -> of(history, mesh))
                .toList();
    }

    private static Stream<GovernedTable> of(History history, Mesh mesh) {
        List<TableVersion> newest = history.readableTables(new ReleaseRef.Latest());
        return ReadDecisions.policies(history, mesh.policy()).stream()
                .map(policy -> of(policy, mesh.lakehouse().schemas(version(newest, policy.table()))));
    }

    private static TableVersion version(List<TableVersion> newest, TableName table) {
        return newest.stream()
                .filter(version -> version.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A table whose columns had other names, too.
     *
     * @param schemas all that the table has or had
     */
    static GovernedTable of(TablePolicy policy, List<TableSchema> schemas) {
        Map<String, Set<Integer>> ids = new TreeMap<>();
        schemas.forEach(
                schema -> schema.fields().forEach(field -> ids.computeIfAbsent(field.name(), unused -> new TreeSet<>())
                        .add(field.id())));
        Set<Integer> known = policy.schema().fields().stream().map(Field::id).collect(Collectors.toSet());
        Map<String, Integer> columns = new TreeMap<>();
        ids.forEach((name, stoodFor) -> {
            int first = stoodFor.iterator().next();
            if (stoodFor.size() == 1 && known.contains(first)) {
                columns.put(name, first);
            }
        });
        return new GovernedTable(policy, columns);
    }
}
