package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import io.lakemesh.error.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes checked documents apart. */
final class Parts {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private Parts() {}

    /** A text that the standard requires. */
    static String required(Node.Mapping node, String key) {
        return node.text(key).orElseThrow(() -> new IllegalStateException("Unchecked document: no " + key));
    }

    static @Nullable String text(Node.Mapping node, String key) {
        return node.text(key).orElse(null);
    }

    static <T> List<T> each(Node.Mapping node, String key, Function<Node.Mapping, T> part) {
        return node.list(key).stream()
                .filter(Node.Mapping.class::isInstance)
                .map(element -> part.apply((Node.Mapping) element))
                .toList();
    }

    static boolean flag(Node.Mapping node, String key) {
        return node.entries().get(key) instanceof Node.Scalar scalar && Boolean.TRUE.equals(scalar.value());
    }

    /** A position; -1 where there is none. */
    static int position(Node.Mapping node, String key) {
        return node.entries().get(key) instanceof Node.Scalar scalar && scalar.value() instanceof BigDecimal number
                ? number.max(BigDecimal.ONE.negate()).min(LARGEST).intValue()
                : -1;
    }

    static Node.Mapping mapping(Node.Mapping node, String key) {
        return node.entries().get(key) instanceof Node.Mapping mapping
                ? mapping
                : new Node.Mapping(Map.of(), Map.of(), node.placeOf(key));
    }

    static CustomProperties customProperties(Node.Mapping node) {
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Place> places = new HashMap<>();
        Map<String, Place> repeated = new HashMap<>();
        each(node, "customProperties", property -> property).forEach(property -> {
            String name = required(property, "property");
            property.get("value").ifPresent(value -> values.putIfAbsent(name, value));
            Place place = property.placeOf("property");
            if (places.putIfAbsent(name, place) != null) {
                repeated.put(name, place);
            }
        });
        return values.isEmpty() ? CustomProperties.NONE : new CustomProperties(values, places, repeated);
    }
}
