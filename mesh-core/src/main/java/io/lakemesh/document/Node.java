package io.lakemesh.document;

import io.lakemesh.error.Place;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A YAML or JSON value and its place. Immutable. Equality is of values: places, quoting and comments don't count, the order of a
 * mapping's keys neither.
 */
public sealed interface Node {
    /** Place of nodes that were made, not read. */
    Place NOWHERE = Place.of("");

    Place place();

    /** A mapping from names to nodes, in the order of the file. */
    record Mapping(Map<String, Node> entries, Map<String, Place> keyPlaces, Place place) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyPlaces = Map.copyOf(keyPlaces);
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** The text of a scalar entry, if there is one that is not null. */
        public Optional<String> text(String key) {
            return get(key).flatMap(node -> node instanceof Scalar scalar ? scalar.text() : Optional.empty());
        }

        /** The elements of a sequence entry; empty where there is none. */
        public List<Node> list(String key) {
            return entries.get(key) instanceof Sequence sequence ? sequence.elements() : List.of();
        }

        /** The place of a key, or of this mapping where it has no such key. */
        public Place placeOf(String key) {
            return keyPlaces.getOrDefault(key, place);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mapping mapping && entries.equals(mapping.entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }

    /** A sequence of nodes. */
    record Sequence(List<Node> elements, Place place) implements Node {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sequence sequence && elements.equals(sequence.elements);
        }

        @Override
        public int hashCode() {
            return elements.hashCode();
        }
    }

    /**
     * A scalar.
     *
     * @param value a {@code String}, {@code Boolean}, {@code BigDecimal} (every finite number; scale 0 for integers),
     *     {@code Double} (infinities and NaN only), or null
     */
    record Scalar(@Nullable Object value, Place place) implements Node {
        private static final int LONGEST_PLAIN = 10_000;

        /** The value as text; empty for null. Numbers are written without an exponent, unless that makes them huge. */
        public Optional<String> text() {
            return value == null
                    ? Optional.empty()
                    : Optional.of(value instanceof BigDecimal number ? plain(number) : value.toString());
        }

        private static String plain(BigDecimal number) {
            return Math.abs((long) number.scale()) > LONGEST_PLAIN ? number.toString() : number.toPlainString();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scalar scalar && java.util.Objects.equals(value, scalar.value);
        }

        @Override
        public int hashCode() {
            return java.util.Objects.hashCode(value);
        }
    }

    /**
     * A tree of nodes for a tree of plain values: maps, collections, strings, booleans, numbers, null, nodes themselves, and
     * whatever else by its {@code toString()}.
     */
    static Node of(@Nullable Object value) {
        if (value instanceof Node node) {
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), of(entry)));
            return new Mapping(entries, Map.of(), NOWHERE);
        }
        if (value instanceof Collection<?> collection) {
            return new Sequence(collection.stream().map(Node::of).toList(), NOWHERE);
        }
        return new Scalar(Scalars.normalise(value), NOWHERE);
    }

    /** Starts a mapping made by hand; {@link MappingBuilder#build()} ends it. */
    static MappingBuilder mapping() {
        return new MappingBuilder();
    }
}
