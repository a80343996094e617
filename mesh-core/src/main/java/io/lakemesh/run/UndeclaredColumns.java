package io.lakemesh.run;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.RowSink;
import io.lakemesh.classify.ColumnSample;
import io.lakemesh.classify.Proposal;
import io.lakemesh.classify.TableSample;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Shown;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.MeshPolicy.Undeclared;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that nobody declared personal, and whether what is stored in them looks so. Nested columns are not looked
 * into. Not thread-safe.
 */
final class UndeclaredColumns {
    private static final Set<DataType> NEVER_PERSONAL =
            Set.of(Primitive.BOOLEAN, Primitive.TIME, Primitive.UUID, Primitive.BINARY);

    private final MeshPolicy policy;
    private final TableSample sample = new TableSample();
    private final Map<String, SchemaProperty> columns = new LinkedHashMap<>();
    private @Nullable TableSchema schema;
    private List<Watched> watched = List.of();

    private record Watched(int position, ColumnSample sample) {}

    UndeclaredColumns(ProductContract product, TableContract table, MeshPolicy policy) {
        this.policy = policy;
        List<SchemaProperty> properties = properties(product, table);
        for (ColumnContract column : table.columns()) {
            properties.stream()
                    .filter(property -> column.name().equals(property.name()))
                    .filter(property -> isLookedAt(column, property))
                    .findFirst()
                    .ifPresent(property -> columns.put(column.name(), property));
        }
    }

    private static List<SchemaProperty> properties(ProductContract product, TableContract table) {
        return product.descriptor().contract(table.contractId(), table.contractVersion()).stream()
                .flatMap(contract -> contract.schema().stream())
                .filter(object -> object.name().equals(table.object()))
                .flatMap(object -> object.properties().stream())
                .toList();
    }

    private static boolean isLookedAt(ColumnContract column, SchemaProperty property) {
        String classification = column.classification();
        boolean declared = (classification != null && !classification.equalsIgnoreCase("public"))
                || property.customProperties()
                        .get(OwnProperty.NOT_PERSONAL.key())
                        .isPresent();
        return !declared && column.children().isEmpty() && !NEVER_PERSONAL.contains(column.type());
    }

    /** The names of the columns that are looked at. */
    Set<String> names() {
        return columns.keySet();
    }

    /** Sees the rows on their way to another. */
    RowSink watching(RowSink next) {
        return columns.isEmpty()
                ? next
                : (batch, selected, count) -> {
                    add(batch, selected, count);
                    next.write(batch, selected, count);
                };
    }

    void add(Batch batch, int[] selected, int count) {
        if (!batch.schema().equals(schema)) {
            schema = batch.schema();
            watched = watched(batch.schema());
        }
        for (Watched column : watched) {
            column.sample().add(batch.column(column.position()), selected, count);
        }
    }

    private List<Watched> watched(TableSchema stored) {
        List<Watched> found = new ArrayList<>();
        for (String name : columns.keySet()) {
            stored.position(name).ifPresent(position -> found.add(new Watched(position, sample.column(name))));
        }
        return found;
    }

    /** One for each column that looks personal: a warning, or an error where the mesh's policy refuses it. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        sample.proposals().forEach((name, proposal) -> problems.add(problem(name, proposal)));
        return problems;
    }

    private Problem problem(String name, Proposal proposal) {
        SchemaProperty property = java.util.Objects.requireNonNull(columns.get(name));
        String declared = property.classification() == null ? "has no classification" : "is classified public";
        Place place = property.node().placeOf(property.classification() == null ? "name" : "classification");
        String message = "column " + Shown.quoted(name) + " " + declared + " and " + proposal + "; classify it, "
                + policy.classificationFor(proposal) + " for example, or say in " + OwnProperty.NOT_PERSONAL.key()
                + " why it is nobody's";
        return policy.undeclared() == Undeclared.REFUSE
                ? Problem.error(place, message)
                : Problem.warning(place, message);
    }
}
