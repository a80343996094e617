package io.lakemesh.policy;

import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.Role;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.document.Shown;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compiles the roles of one table's contract to grants. */
final class TablePolicyCompiler {
    private final ProductContract product;
    private final TableContract table;
    private final TableSchema schema;
    private final MeshPolicy mesh;
    private final Problems problems;
    private final DataContract contract;
    private final SchemaObject object;

    TablePolicyCompiler(
            ProductContract product, TableContract table, TableSchema schema, MeshPolicy mesh, Problems problems) {
        this.product = product;
        this.table = table;
        this.schema = schema;
        this.mesh = mesh;
        this.problems = problems;
        this.contract = Policies.contract(product, table);
        this.object = contract.schema().stream()
                .filter(candidate -> candidate.name().equals(table.object()))
                .findFirst()
                .orElseThrow();
    }

    TablePolicy compile() {
        ColumnRules columns = new ColumnRules(contract, object, schema, mesh, problems);
        RowRules rows = new RowRules(product.address(), contract, table, schema, mesh, problems);
        List<Grant> grants = contract.roles().stream()
                .filter(TablePolicyCompiler::reads)
                .map(role -> grant(role, columns, rows))
                .toList();
        return new TablePolicy(product.address(), table.object(), table.table(), grants, schema);
    }

    /** The standard leaves {@code access} open; without any, a role reads. */
    private static boolean reads(Role role) {
        return role.access() == null || role.access().toLowerCase(Locale.ROOT).contains("read");
    }

    private Grant grant(Role role, ColumnRules columns, RowRules rows) {
        return new Grant(
                role.role(),
                mesh.groups(role.role()),
                purposes(role),
                rows.of(role),
                columns.of(role),
                role.node().placeOf("role"));
    }

    private Set<String> purposes(Role role) {
        String key = OwnProperty.PURPOSE.key();
        Set<String> purposes = new LinkedHashSet<>(role.customProperties().texts(key));
        purposes.stream()
                .filter(purpose ->
                        !mesh.purposes().isEmpty() && !mesh.purposes().contains(purpose))
                .forEach(purpose -> problems.error(
                        role.customProperties().placeOf(key),
                        "the mesh's policy knows no purpose " + Shown.quoted(purpose)
                                + NearMatch.hint(purpose, mesh.purposes())));
        if (role.customProperties().get(key).isPresent() && purposes.isEmpty()) {
            problems.error(role.customProperties().placeOf(key), key + " is empty, expected a list of purposes");
        }
        return purposes;
    }
}
