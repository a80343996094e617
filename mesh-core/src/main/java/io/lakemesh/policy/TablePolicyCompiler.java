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
    private static final String PURPOSE = OwnProperty.PURPOSE.key();

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
        ColumnRules columns = new ColumnRules(contract, object, table, schema, mesh, problems);
        RowRules rows = new RowRules(product.address(), contract, table, schema, mesh, problems);
        RevealRules reveals = new RevealRules(contract, object, table, mesh, problems);
        List<Grant> grants = contract.roles().stream()
                .filter(TablePolicyCompiler::reads)
                .map(role -> grant(role, columns, rows, reveals))
                .toList();
        return new TablePolicy(product.address(), table.object(), table.table(), grants, schema, reveals.reversible());
    }

    /** The standard leaves {@code access} open; without any, a role reads. */
    private static boolean reads(Role role) {
        return role.access() == null || role.access().toLowerCase(Locale.ROOT).contains("read");
    }

    /** A role whose purposes are all wrong is nobody's, or anybody could read for no purpose. */
    private Grant grant(Role role, ColumnRules columns, RowRules rows, RevealRules reveals) {
        Set<String> purposes = purposes(role);
        boolean restricted = role.customProperties().get(PURPOSE).isPresent();
        return new Grant(
                role.role(),
                restricted && purposes.isEmpty() ? Set.of() : mesh.groups(role.role()),
                purposes,
                rows.of(role),
                columns.of(role),
                reveals.of(role, purposes),
                role.node().placeOf("role"));
    }

    /** Those that a subject may state. */
    private Set<String> purposes(Role role) {
        Set<String> stated = new LinkedHashSet<>(role.customProperties().texts(PURPOSE));
        if (stated.isEmpty() && role.customProperties().get(PURPOSE).isPresent()) {
            problems.error(
                    role.customProperties().placeOf(PURPOSE), PURPOSE + " is empty, expected a list of purposes");
        }
        Set<String> known = new LinkedHashSet<>(stated);
        known.removeIf(purpose -> !mesh.purposes().isEmpty() && !mesh.purposes().contains(purpose));
        stated.stream()
                .filter(purpose -> !known.contains(purpose))
                .forEach(purpose -> problems.error(
                        role.customProperties().placeOf(PURPOSE),
                        "the mesh's policy knows no purpose " + Shown.quoted(purpose)
                                + NearMatch.hint(purpose, mesh.purposes())));
        return known;
    }
}
