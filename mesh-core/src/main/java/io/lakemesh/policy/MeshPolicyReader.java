package io.lakemesh.policy;

import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.MeshPolicy.Binding;
import io.lakemesh.policy.MeshPolicy.Classification;
import io.lakemesh.policy.MeshPolicy.Declassification;
import io.lakemesh.policy.MeshPolicy.Regulation;
import io.lakemesh.policy.MeshPolicy.RowFilter;
import io.lakemesh.policy.MeshPolicy.Undeclared;
import io.lakemesh.predicate.Predicates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a mesh policy of the right shape, and says what in it does not hold together. */
final class MeshPolicyReader {
    private final Node.Mapping document;
    private final Problems problems = new Problems();

    MeshPolicyReader(Node.Mapping document) {
        this.document = document;
    }

    MeshPolicy read() {
        List<Classification> classifications =
                mappings("classifications").stream().map(this::classification).toList();
        requireDistinct("classifications", "name");
        requireDistinct("roles", "name");
        requireDistinct("purposes", "name");
        requireDistinct("rowFilters", "id");
        requireDistinct("regulations", "name");
        List<Regulation> regulations =
                mappings("regulations").stream().map(this::regulation).toList();
        MeshPolicy policy = new MeshPolicy(
                classifications,
                roles(),
                names("purposes"),
                rowFilters(),
                regulations,
                declassifications(classifications),
                undeclared());
        problems.throwIfErrors();
        return policy;
    }

    private Undeclared undeclared() {
        return document.text("undeclared")
                .map(text -> Undeclared.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(Undeclared.WARN);
    }

    private List<Node.Mapping> mappings(String key) {
        return document.list(key).stream().map(Node.Mapping.class::cast).toList();
    }

    private Set<String> names(String key) {
        Set<String> names = new LinkedHashSet<>();
        mappings(key).forEach(node -> names.add(node.text("name").orElseThrow()));
        return names;
    }

    private void requireDistinct(String key, String identity) {
        Map<String, Place> seen = new LinkedHashMap<>();
        for (Node.Mapping node : mappings(key)) {
            String name = node.text(identity).orElseThrow();
            Place earlier = seen.putIfAbsent(name, node.placeOf(identity));
            if (earlier != null) {
                problems.error(node.placeOf(identity), Shown.quoted(name) + " stands twice, also in " + earlier);
            }
        }
    }

    private Classification classification(Node.Mapping node) {
        Map<String, MaskChoice> exceptions = new LinkedHashMap<>();
        for (Node element : node.list("exceptions")) {
            Node.Mapping exception = (Node.Mapping) element;
            MaskChoice earlier = exceptions.putIfAbsent(exception.text("role").orElseThrow(), masks(exception));
            if (earlier != null) {
                problems.error(exception.placeOf("role"), "the role stands twice, also in " + earlier.place());
            }
        }
        return new Classification(node.text("name").orElseThrow(), masks(node), exceptions, reveal(node));
    }

    private Set<String> reveal(Node.Mapping node) {
        Set<String> purposes = texts(node, "reveal");
        Set<String> known = names("purposes");
        purposes.stream()
                .filter(purpose -> !known.contains(purpose))
                .forEach(purpose -> problems.error(
                        node.placeOf("reveal"),
                        "unknown purpose " + Shown.quoted(purpose) + NearMatch.hint(purpose, known)));
        return purposes;
    }

    /** A mask or a list of them; null in YAML is the mask null, and no mask at all shows the values. */
    private MaskChoice masks(Node.Mapping node) {
        Place place = node.placeOf("mask");
        Node value = node.get("mask").orElse(null);
        List<Node> elements = value instanceof Node.Sequence list
                ? list.elements()
                : Stream.ofNullable(value).toList();
        List<Mask> masks = elements.stream()
                .map(element -> mask((Node.Scalar) element, place))
                .toList();
        return new MaskChoice(masks.isEmpty() ? List.of(Mask.Plain.CLEAR) : masks, place);
    }

    private Mask mask(Node.Scalar scalar, Place place) {
        try {
            return scalar.text().map(Mask::parse).orElse(Mask.Plain.NULL);
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
            return Mask.Plain.NULL;
        }
    }

    private Map<String, Binding> roles() {
        Map<String, Binding> roles = new LinkedHashMap<>();
        mappings("roles").forEach(node -> {
            Set<String> groups = texts(node, "groups");
            if (groups.isEmpty()) {
                problems.error(node.placeOf("groups"), "a role without groups lets nobody in, expected at least one");
            }
            roles.put(node.text("name").orElseThrow(), new Binding(groups, node.placeOf("groups")));
        });
        return roles;
    }

    private List<RowFilter> rowFilters() {
        List<RowFilter> filters = new ArrayList<>();
        for (Node.Mapping node : mappings("rowFilters")) {
            boolean some = node.get("products").isPresent();
            if (some && node.list("products").isEmpty()) {
                problems.error(
                        node.placeOf("products"),
                        "a row filter without products filters nothing, expected at least one; without this key it is for"
                                + " all");
            }
            requireFilter(node.text("where").orElseThrow(), node.placeOf("where"));
            filters.add(new RowFilter(
                    node.text("id").orElseThrow(),
                    node.text("where").orElseThrow(),
                    some ? List.copyOf(texts(node, "products")) : List.of("*"),
                    texts(node, "except"),
                    node.placeOf("where")));
        }
        return filters;
    }

    /** Its columns are looked at with each product. */
    private void requireFilter(String where, Place place) {
        try {
            Predicates.requireRowFilter(where);
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
        }
    }

    private Regulation regulation(Node.Mapping node) {
        Set<String> known = names("classifications");
        Set<String> classifications = texts(node, "classifications");
        requireKnown(classifications, known, node.placeOf("classifications"));
        return new Regulation(node.text("name").orElseThrow(), classifications, texts(node, "requires"));
    }

    private List<Declassification> declassifications(List<Classification> classifications) {
        List<Declassification> all = new ArrayList<>();
        for (Node.Mapping node : mappings("declassifications")) {
            String to = node.text("to").orElseThrow();
            requireKnown(List.of(to), names("classifications"), node.placeOf("to"));
            ColumnAddress column = address(node.text("column").orElseThrow(), node.placeOf("column"))
                    .orElse(null);
            if (column != null && column.column() == null) {
                problems.error(node.placeOf("column"), "expected one column, domain/name.object.column");
            }
            List<ColumnAddress> from = texts(node, "from").stream()
                    .flatMap(text -> address(text, node.placeOf("from")).stream())
                    .toList();
            classifications.stream()
                    .filter(known -> known.name().equals(to) && column != null)
                    .forEach(known -> all.add(new Declassification(
                            Objects.requireNonNull(column),
                            from,
                            known,
                            node.text("reason").orElseThrow(),
                            node.text("decidedBy").orElseThrow(),
                            node.placeOf("column"))));
        }
        return all;
    }

    private Optional<ColumnAddress> address(String text, Place place) {
        Optional<ColumnAddress> address = ColumnAddress.parse(text);
        if (address.isEmpty()) {
            problems.error(
                    place, Shown.quoted(text) + " names no column of a product, expected domain/name.object.column");
        }
        return address;
    }

    private void requireKnown(Collection<String> names, Set<String> known, Place place) {
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.error(
                        place, "unknown classification " + Shown.quoted(name) + NearMatch.hint(name, known)));
    }

    private static Set<String> texts(Node.Mapping node, String key) {
        Set<String> texts = new LinkedHashSet<>();
        node.list(key).forEach(element -> ((Node.Scalar) element).text().ifPresent(texts::add));
        return texts;
    }
}
