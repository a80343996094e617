package io.lakemesh.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column, or a field of a nested type.
 *
 * @param id stable over the product's life, unique in its table; 0 where none is assigned yet
 * @param required whether null is refused
 * @param doc what it means, for a catalog; null for none
 */
public record Field(int id, String name, DataType type, boolean required, @Nullable String doc) {
    /** The id of fields that have none yet. */
    public static final int UNASSIGNED = 0;

    public static Field optional(int id, String name, DataType type) {
        return new Field(id, name, type, false, null);
    }

    public static Field required(int id, String name, DataType type) {
        return new Field(id, name, type, true, null);
    }

    public Optional<String> documentation() {
        return Optional.ofNullable(doc);
    }

    @Override
    public String toString() {
        return name + ": " + type + (required ? " not null" : "");
    }
}
