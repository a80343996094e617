package io.lakemesh.policy;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.mask.Mask;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.schema.TableSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one subject may read of one table. */
public sealed interface Decision {
    /** Nothing; {@code reason} is for the subject and names no value of the data. */
    record Denied(String reason) implements Decision {}

    /**
     * Some of it.
     *
     * @param role the role that it is granted to
     * @param rows conditions that all hold of each row that is seen, over {@code schema}'s columns, bound to the subject
     * @param masks by field id; a column that is not in it is hidden
     * @param schema the table's columns, with field ids
     * @param revealable by field id; the protection of columns whose values may be revealed
     */
    record Granted(
            String role,
            List<Predicate> rows,
            Map<Integer, Mask> masks,
            TableSchema schema,
            Map<Integer, Keyed> revealable)
            implements Decision {
        public Granted {
            rows = List.copyOf(rows);
            masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
            revealable = Map.copyOf(revealable);
        }

        /** Where nothing may be revealed. */
        public Granted(String role, List<Predicate> rows, Map<Integer, Mask> masks, TableSchema schema) {
            this(role, rows, masks, schema, Map.of());
        }

        /** Whether nothing is kept back. */
        public boolean isEverything() {
            return rows.isEmpty() && masks.values().stream().allMatch(Mask.Plain.CLEAR::equals);
        }

        /** What is shown of a column, by its field id. */
        public Mask mask(int fieldId) {
            return masks.getOrDefault(fieldId, Mask.Plain.NULL);
        }
    }
}
