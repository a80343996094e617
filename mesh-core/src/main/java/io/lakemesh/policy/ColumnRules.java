package io.lakemesh.policy;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.CustomProperties;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.Role;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.MeshPolicy.Classification;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each of a table's columns shows to a role: the mesh's word by classification, tightened by the contract. */
final class ColumnRules {
    private static final String KEY = OwnProperty.MASK.key();

    private final RoleColumns names;
    private final TableContract table;
    private final MeshPolicy mesh;
    private final Problems problems;
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** A column with what holds of it for every role; the classification is null where the mesh has none or it is unknown. */
    private record Column(
            Field field,
            StoredColumn stored,
            SchemaProperty property,
            @Nullable Classification classification,
            @Nullable ColumnRule own) {}

    ColumnRules(
            DataContract contract,
            SchemaObject object,
            TableContract table,
            TableSchema schema,
            MeshPolicy mesh,
            Problems problems) {
        this.names = new RoleColumns(contract, object);
        this.table = table;
        this.mesh = mesh;
        this.problems = problems;
        for (SchemaProperty property : object.properties()) {
            schema.fields().stream()
                    .filter(field -> field.name().equals(property.name()))
                    .forEach(field -> columns.put(field.name(), column(field, property)));
        }
    }

    private Column column(Field field, SchemaProperty property) {
        CustomProperties properties = property.customProperties();
        StoredColumn stored = new StoredColumn(field.type(), protection(field.name()));
        ColumnRule own = properties
                .get(KEY)
                .map(node -> rule(node, properties.placeOf(KEY), stored))
                .orElse(null);
        return new Column(field, stored, property, mesh.classifies() ? classification(property) : null, own);
    }

    private @Nullable Protection protection(String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(ColumnContract::protection)
                .orElse(null);
    }

    /** The most sensitive of a column's and its parts'. */
    private @Nullable Classification classification(SchemaProperty property) {
        List<SchemaProperty> classified = property.withParts()
                .filter(part -> part.classification() != null)
                .toList();
        if (classified.isEmpty()) {
            problems.error(
                    property.node().placeOf("name"),
                    "column " + Shown.quoted(String.valueOf(property.name()))
                            + " has no classification, expected one of " + names());
        }
        for (SchemaProperty part : classified) {
            if (mesh.classification(String.valueOf(part.classification())).isEmpty()) {
                problems.error(
                        part.node().placeOf("classification"),
                        "the mesh's policy knows no classification "
                                + Shown.quoted(String.valueOf(part.classification())) + ", expected one of " + names()
                                + NearMatch.hint(String.valueOf(part.classification()), names()));
                return null;
            }
        }
        return mesh.mostSensitive(property).orElse(null);
    }

    private List<String> names() {
        return mesh.classifications().stream().map(Classification::name).toList();
    }

    /** One rule for each column. */
    Map<String, ColumnRule> of(Role role) {
        Map<String, ColumnRule> masks = masks(role);
        Map<String, ColumnRule> rules = new LinkedHashMap<>();
        columns.forEach((name, column) -> rules.put(name, rule(role, column, masks.get(name))));
        return rules;
    }

    private ColumnRule rule(Role role, Column column, @Nullable ColumnRule byRole) {
        ColumnRule own = byRole == null ? column.own() : byRole;
        if (!mesh.classifies()) {
            return own == null ? new ColumnRule(Mask.Plain.CLEAR, role.node().placeOf("role")) : own;
        }
        if (column.classification() == null) {
            return new ColumnRule(Mask.Plain.NULL, column.property().node().place());
        }
        ColumnRule wanted = wanted(column.classification().masksFor(role.role()), column, role, own == null);
        return own == null ? wanted : tightened(wanted, own, column, role);
    }

    /** What the mesh's policy shows; nothing where none of its masks fits the column, which the contract must then say itself. */
    private ColumnRule wanted(MaskChoice choice, Column column, Role role, boolean decides) {
        Optional<Mask> fitting = choice.fitting(column.stored());
        if (fitting.isEmpty() && decides) {
            problems.error(
                    column.property().node().placeOf("name"),
                    described(column) + " is a " + column.field().type() + ", and none of the masks "
                            + choice.masks() + " for role " + role.role() + " (" + choice.place()
                            + ") fits it; give the column or the role a " + KEY);
        }
        return new ColumnRule(fitting.orElse(Mask.Plain.NULL), choice.place());
    }

    private ColumnRule tightened(ColumnRule wanted, ColumnRule own, Column column, Role role) {
        if (own.mask().isAtLeastAsStrictAs(wanted.mask())) {
            return own;
        }
        problems.error(
                own.place(),
                described(column) + " would show role " + role.role() + " " + own.mask()
                        + ", but the mesh's policy says " + wanted.mask() + " (" + wanted.place()
                        + ") and a product can only tighten it");
        return wanted.mask().isAtLeastAsStrictAs(own.mask()) ? wanted : new ColumnRule(Mask.Plain.NULL, wanted.place());
    }

    private static String described(Column column) {
        return "column " + Shown.quoted(column.field().name());
    }

    private Map<String, ColumnRule> masks(Role role) {
        Map<String, ColumnRule> masks = new LinkedHashMap<>();
        Optional<Node> value = role.customProperties().get(KEY);
        if (value.isPresent() && value.get() instanceof Node.Mapping byColumn) {
            byColumn.entries().forEach((name, node) -> mask(name, node, byColumn.placeOf(name), masks));
        } else if (value.isPresent()) {
            Place place = role.customProperties().placeOf(KEY);
            problems.error(place, KEY + " of a role maps columns to masks");
            hideOthers(place, masks);
        }
        return masks;
    }

    /** Which columns were meant is not known. */
    private void hideOthers(Place place, Map<String, ColumnRule> masks) {
        columns.keySet().forEach(name -> masks.putIfAbsent(name, new ColumnRule(Mask.Plain.NULL, place)));
    }

    private void mask(String name, Node node, Place place, Map<String, ColumnRule> masks) {
        Optional<String> fault = names.fault(name);
        if (fault.isPresent()) {
            problems.error(place, fault.get());
            hideOthers(place, masks);
        } else {
            names.inObject(name)
                    .map(columns::get)
                    .ifPresent(column -> masks.put(column.field().name(), rule(node, place, column.stored())));
        }
    }

    /** A mask of the contract; null in YAML is the mask null. */
    private ColumnRule rule(Node node, Place place, StoredColumn column) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.error(place, "expected a mask such as null, last(4) or month");
            return new ColumnRule(Mask.Plain.NULL, place);
        }
        try {
            Mask mask = scalar.text().map(Mask::parse).orElse(Mask.Plain.NULL);
            Optional<String> fault = column.fault(mask);
            fault.ifPresent(reason -> problems.error(place, "mask " + mask + " " + reason));
            return new ColumnRule(fault.isEmpty() ? mask : Mask.Plain.NULL, place);
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
            return new ColumnRule(Mask.Plain.NULL, place);
        }
    }
}
