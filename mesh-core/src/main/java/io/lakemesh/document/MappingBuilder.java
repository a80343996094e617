package io.lakemesh.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Node.Mapping} in the order of its calls. */
public final class MappingBuilder {
    private final Map<String, Node> entries = new LinkedHashMap<>();

    MappingBuilder() {}

    /** Adds an entry; see {@link Node#of} for what a value may be. */
    public MappingBuilder put(String key, @Nullable Object value) {
        entries.put(key, Node.of(value));
        return this;
    }

    /** Adds an entry unless the value is absent. */
    public MappingBuilder putIfPresent(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    public Node.Mapping build() {
        return new Node.Mapping(entries, Map.of(), Node.NOWHERE);
    }
}
