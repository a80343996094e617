package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import io.lakemesh.error.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code customProperties} of one level of a descriptor. Equality is of values; places don't count.
 *
 * @param values by property name; the first one where a name stands twice
 * @param places where each name stands
 * @param repeated where a name stands that stood before
 */
public record CustomProperties(Map<String, Node> values, Map<String, Place> places, Map<String, Place> repeated) {
    /** The prefix of the properties that are ours. */
    public static final String PREFIX = "lakemesh.";

    public static final CustomProperties NONE = new CustomProperties(Map.of(), Map.of(), Map.of());

    public CustomProperties {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        places = Map.copyOf(places);
        repeated = Map.copyOf(repeated);
    }

    public Optional<Node> get(String property) {
        return Optional.ofNullable(values.get(property));
    }

    /** The value as text, if it is a scalar that is not null. */
    public Optional<String> text(String property) {
        return get(property).flatMap(node -> node instanceof Node.Scalar scalar ? scalar.text() : Optional.empty());
    }

    /** The value as texts: a sequence's elements, or the one scalar. */
    public List<String> texts(String property) {
        Node node = values.get(property);
        List<Node> elements =
                node instanceof Node.Sequence sequence ? sequence.elements() : node == null ? List.of() : List.of(node);
        return elements.stream()
                .flatMap(element -> element instanceof Node.Scalar scalar
                        ? scalar.text().stream()
                        : java.util.stream.Stream.empty())
                .toList();
    }

    public Place placeOf(String property) {
        return places.getOrDefault(property, Node.NOWHERE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomProperties properties && values.equals(properties.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
