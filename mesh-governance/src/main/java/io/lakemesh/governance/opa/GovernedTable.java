package io.lakemesh.governance.opa;

import io.lakemesh.policy.TablePolicy;
import java.util.Map;

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
}
