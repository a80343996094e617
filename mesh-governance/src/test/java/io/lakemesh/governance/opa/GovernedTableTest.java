package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.TablePolicies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GovernedTableTest {
    private static TableSchema schema(Field... fields) {
        return new TableSchema(List.of(fields), List.of());
    }

    private static Field column(String name, int id) {
        return Field.optional(id, name, Primitive.STRING);
    }

    @Test
    void knowsColumnsByEveryNameThatIsTheirsAlone() {
        TableSchema before = schema(column("a", 1), column("b", 2));
        TableSchema then = schema(column("c", 1), column("d", 4));
        TableSchema now = schema(column("c", 1), column("b", 3));
        GovernedTable table = GovernedTable.of(TablePolicies.policy(now), List.of(before, then, now));
        assertThat(table.columns()).isEqualTo(Map.of("a", 1, "c", 1));
    }
}
