package io.lakemesh.policy;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.MeshPolicy.Classification;
import io.lakemesh.policy.MeshPolicy.Declassification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a product's columns are classified as strictly as the columns of other products that their contract says they came from
 * ({@code transformSourceObjects}), unless the mesh's policy declassifies them.
 */
public final class Propagation {
    private static final String SOURCES = "transformSourceObjects";

    private final ProductContract product;
    private final MeshPolicy mesh;
    private final Function<ProductAddress, Optional<ProductContract>> known;
    /** Columns often come from the same few products, and each look at one reads from the lakehouse. */
    private final Map<ProductAddress, Optional<ProductContract>> asked = new HashMap<>();

    private final Problems problems = new Problems();
    private final List<Declassified> declassified = new ArrayList<>();

    private Propagation(
            ProductContract product, MeshPolicy mesh, Function<ProductAddress, Optional<ProductContract>> known) {
        this.product = product;
        this.mesh = mesh;
        this.known = address -> asked.computeIfAbsent(address, known);
    }

    /**
     * A column that is less sensitive than one that it came from, as the mesh's policy allows.
     *
     * @param column {@code object.column}
     * @param why from what, by whose decision and for what reason
     */
    public record Declassified(String column, String why) {}

    /** A column of some product, with what it is classified as at least; the most sensitive where it says nothing. */
    private record Source(ColumnAddress address, Classification classification) {}

    /**
     * Checks a product.
     *
     * @param known the contracts of the mesh's other products
     * @throws io.lakemesh.error.InvalidInputException with every column that is classified too loosely, each with its place
     */
    public static Propagation require(
            ProductContract product, MeshPolicy mesh, Function<ProductAddress, Optional<ProductContract>> known) {
        Propagation propagation = new Propagation(product, mesh, known);
        if (mesh.classifies()) {
            product.descriptor().contracts().forEach(contract -> contract.schema()
                    .forEach(propagation::check));
        }
        propagation.problems.throwIfErrors();
        return propagation;
    }

    /** Sources that are not known, and what is declassified. */
    public List<Problem> warnings() {
        return problems.warnings();
    }

    public List<Declassified> declassified() {
        return List.copyOf(declassified);
    }

    private void check(SchemaObject object) {
        for (SchemaProperty property : object.properties()) {
            Classification own = mesh.mostSensitive(property).orElse(null);
            if (own != null) {
                ColumnAddress address = new ColumnAddress(product.address(), object.name(), property.name());
                property.withParts().forEach(part -> sources(part)
                        .forEach(source ->
                                check(address, own, source, part.node().placeOf(SOURCES))));
            }
        }
    }

    private static Stream<ColumnAddress> sources(SchemaProperty property) {
        return property.node().list(SOURCES).stream()
                .flatMap(node -> node instanceof Node.Scalar scalar ? scalar.text().stream() : Stream.empty())
                .flatMap(text -> ColumnAddress.parse(text).stream());
    }

    private void check(ColumnAddress column, Classification own, ColumnAddress named, Place place) {
        Optional<ProductContract> found =
                named.product().equals(product.address()) ? Optional.of(product) : known.apply(named.product());
        if (found.isEmpty()) {
            problems.warning(
                    place,
                    "cannot tell how sensitive " + Shown.quoted(named.toString()) + " is: no product "
                            + Shown.quoted(named.product().toString()) + " is published");
            return;
        }
        List<Source> sources = sources(found.get(), named);
        if (sources.isEmpty()) {
            problems.error(
                    place,
                    "no column " + Shown.quoted(named.toString())
                            + NearMatch.hint(named.toString(), columns(found.get())));
        }
        sources.stream()
                .filter(source -> mesh.sensitivity(source.classification()) > mesh.sensitivity(own))
                .forEach(source -> looser(column, own, source, place));
    }

    private void looser(ColumnAddress column, Classification own, Source source, Place place) {
        String from = column.column() + " is " + own.name() + ", but comes from " + source.address() + ", which is "
                + source.classification().name();
        mesh.declassifications().stream()
                .filter(one -> allows(one, column, own, source))
                .findFirst()
                .ifPresentOrElse(
                        one -> {
                            String why = "declassified by " + one.decidedBy() + ": " + one.reason();
                            problems.warning(place, from + "; " + why + " (" + one.place() + ")");
                            declassified.add(new Declassified(
                                    column.object() + "." + column.column(), "from " + source.address() + ", " + why));
                        },
                        () -> problems.error(
                                place,
                                from
                                        + ": classify it so, or have the mesh's policy declassify it (declassifications)"));
    }

    private boolean allows(Declassification one, ColumnAddress column, Classification own, Source source) {
        return one.column().equals(column)
                && one.from().stream().anyMatch(from -> from.covers(source.address()))
                && mesh.sensitivity(own) >= mesh.sensitivity(one.to());
    }

    private List<Source> sources(ProductContract from, ColumnAddress named) {
        return all(from).filter(source -> named.covers(source.address())).toList();
    }

    private List<String> columns(ProductContract from) {
        return all(from).map(source -> source.address().toString()).toList();
    }

    private Stream<Source> all(ProductContract from) {
        return from.descriptor().contracts().stream()
                .flatMap(contract -> contract.schema().stream())
                .flatMap(object -> object.properties().stream()
                        .map(property -> new Source(
                                new ColumnAddress(from.address(), object.name(), property.name()),
                                mesh.mostSensitive(property).orElse(mesh.strictest()))));
    }
}
