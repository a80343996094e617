package io.lakemesh.policy;

import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.Role;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.Value;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The row filters of one table's roles: the mesh's, and the contract's own. */
final class RowRules {
    private static final String KEY = OwnProperty.ROW_FILTER.key();
    private static final Predicate NEVER = new Predicate.Truth(new Value.Literal(false, Primitive.BOOLEAN));

    private final ProductAddress product;
    private final DataContract contract;
    private final TableContract table;
    private final TableSchema schema;
    private final MeshPolicy mesh;
    private final Problems problems;

    RowRules(
            ProductAddress product,
            DataContract contract,
            TableContract table,
            TableSchema schema,
            MeshPolicy mesh,
            Problems problems) {
        this.product = product;
        this.contract = contract;
        this.table = table;
        this.schema = schema;
        this.mesh = mesh;
        this.problems = problems;
    }

    List<RowRule> of(Role role) {
        List<RowRule> rules = new ArrayList<>();
        mesh.rowFilters().stream()
                .filter(filter -> !filter.except().contains(role.role()))
                .filter(filter -> filter.concerns(product))
                .forEach(filter -> rules.add(
                        rule(filter.where(), filter.place(), " (object " + table.object() + " of " + product + ")")));
        role.customProperties().get(KEY).ifPresent(value -> own(role, value, rules));
        return rules;
    }

    /** A text for every object of the contract, or a mapping from objects to texts. */
    private void own(Role role, Node value, List<RowRule> rules) {
        Place place = role.customProperties().placeOf(KEY);
        if (!(value instanceof Node.Mapping byObject)) {
            rules.add(text(role.customProperties().text(KEY), place));
            return;
        }
        Place object = byObject.placeOf(table.object());
        if (byObject.get(table.object()).isPresent()) {
            rules.add(text(byObject.text(table.object()), object));
        }
        if (!areKnown(byObject)) {
            rules.add(new RowRule(NEVER, place));
        }
    }

    private RowRule text(Optional<String> text, Place place) {
        if (text.filter(found -> !found.isBlank()).isPresent()) {
            return rule(text.get(), place, "");
        }
        problems.error(place, KEY + " is empty, expected a condition");
        return new RowRule(NEVER, place);
    }

    private boolean areKnown(Node.Mapping byObject) {
        List<String> objects =
                contract.schema().stream().map(SchemaObject::name).toList();
        List<String> unknown = byObject.entries().keySet().stream()
                .filter(name -> !objects.contains(name))
                .toList();
        unknown.forEach(name -> problems.error(
                byObject.placeOf(name), "no object " + Shown.quoted(name) + NearMatch.hint(name, objects)));
        return unknown.isEmpty();
    }

    private RowRule rule(String text, Place place, String suffix) {
        try {
            Predicate filter = Predicates.parseRowFilter(text, schema);
            Optional<String> replaced = replaced(filter);
            if (replaced.isPresent()) {
                problems.error(place, replaced.get() + suffix);
                return new RowRule(NEVER, place);
            }
            if (Predicates.isContradiction(filter)) {
                problems.error(place, "no row can match " + filter + "; FALSE shows none" + suffix);
            }
            return new RowRule(filter, place);
        } catch (InvalidInputException e) {
            problems.error(place, e.getMessage() + suffix);
            return new RowRule(NEVER, place);
        }
    }

    /** A condition sees what is stored, which is compared with no value: {@code <>} would hold of every row. */
    private Optional<String> replaced(Predicate filter) {
        return Predicates.columns(filter).stream()
                .flatMap(named ->
                        table.columns().stream().filter(column -> column.name().equals(named.name())))
                .filter(column -> column.isProtected() && !(column.protection() instanceof Protection.Generalize))
                .findFirst()
                .map(column -> "no row can be told by column " + Shown.quoted(column.name()) + ": its "
                        + OwnProperty.PROTECTION.key() + " is " + column.protection()
                        + ", and what is stored is not its values");
    }
}
