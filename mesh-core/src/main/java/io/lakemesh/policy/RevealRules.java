package io.lakemesh.policy;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.Role;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.MeshPolicy.Classification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a table's protected columns a role may reveal: nobody may reveal anything that the contract does not name, for a purpose
 * of the role, and that the mesh's policy does not allow for that purpose. What is wrong reveals nothing.
 */
final class RevealRules {
    private static final String KEY = OwnProperty.REVEAL.key();

    private final RoleColumns names;
    private final SchemaObject object;
    private final MeshPolicy mesh;
    private final Problems problems;
    private final Map<String, Keyed> reversible = new LinkedHashMap<>();

    RevealRules(DataContract contract, SchemaObject object, TableContract table, MeshPolicy mesh, Problems problems) {
        this.names = new RoleColumns(contract, object);
        this.object = object;
        this.mesh = mesh;
        this.problems = problems;
        for (ColumnContract column : table.columns()) {
            if (column.protection() instanceof Keyed keyed && keyed.kind().isReversible()) {
                reversible.put(column.name(), keyed);
            }
        }
    }

    /** The columns that a key leads back from. */
    Map<String, Keyed> reversible() {
        return reversible;
    }

    /** The columns that a role may reveal for its purposes, and where that is said. */
    Map<String, Place> of(Role role, Set<String> purposes) {
        Map<String, Place> columns = new LinkedHashMap<>();
        Optional<Node> value = role.customProperties().get(KEY);
        if (value.isEmpty()) {
            return columns;
        }
        Place place = role.customProperties().placeOf(KEY);
        List<String> asked = role.customProperties().texts(KEY);
        if (asked.isEmpty()) {
            problems.error(place, KEY + " is empty, expected a list of columns");
        } else if (purposes.isEmpty()) {
            problems.error(
                    place,
                    "role " + role.role() + " may reveal columns for no purpose; give it " + OwnProperty.PURPOSE.key());
        } else {
            asked.forEach(name -> named(name, place, purposes, columns));
        }
        return columns;
    }

    private void named(String name, Place place, Set<String> purposes, Map<String, Place> columns) {
        Optional<String> fault = names.fault(name);
        if (fault.isPresent()) {
            problems.error(place, fault.get());
        } else {
            names.inObject(name).ifPresent(column -> check(column, place, purposes, columns));
        }
    }

    private void check(String column, Place place, Set<String> purposes, Map<String, Place> columns) {
        if (!reversible.containsKey(column)) {
            problems.error(
                    place,
                    "nothing leads back from what is stored of column " + Shown.quoted(column) + ": its "
                            + OwnProperty.PROTECTION.key() + " is neither tokenize nor encrypt");
        } else if (isAllowed(column, place, purposes)) {
            columns.put(column, place);
        }
    }

    private boolean isAllowed(String column, Place place, Set<String> purposes) {
        if (!mesh.classifies()) {
            return true;
        }
        Optional<Classification> classification = object.properties().stream()
                .filter(property -> column.equals(property.name()))
                .findFirst()
                .flatMap(mesh::mostSensitive);
        // the column's own error says that it is not classified
        Set<String> allowed = classification.map(Classification::reveal).orElse(purposes);
        purposes.stream()
                .filter(purpose -> !allowed.contains(purpose))
                .forEach(purpose -> problems.error(
                        place,
                        "column " + Shown.quoted(column) + " would be revealed for " + purpose
                                + ", but the mesh's policy allows it of "
                                + classification.map(Classification::name).orElse("") + " columns "
                                + (allowed.isEmpty() ? "for no purpose" : "only for " + String.join(", ", allowed))));
        return classification.isPresent() && allowed.containsAll(purposes);
    }
}
