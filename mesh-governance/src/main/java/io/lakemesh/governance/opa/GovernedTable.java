package io.lakemesh.governance.opa;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.history.History;
import io.lakemesh.policy.TablePolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A published table and its policy.
 *
 * @param columns field ids by every name that a column has or had; a name that stood for several columns over time is left out, so
 *     that it is hidden
 */
public record GovernedTable(TablePolicy policy, Map<String, Integer> columns) {
    public GovernedTable {
        columns = Map.copyOf(columns);
    }

    /** Every published table of a mesh. */
    public static List<GovernedTable> of(Mesh mesh) {
        return mesh.products().stream()
                .map(address -> mesh.product(address.toString()))
                .flatMap(GovernedTable::of)
                .toList();
    }

    private static Stream<GovernedTable> of(Product product) {
        History history = product.history();
        return product.policies().stream()
                .map(policy -> new GovernedTable(policy, history.columnNames(policy.table())));
    }
}
