package io.lakemesh.policy;

import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.document.Shown;
import io.lakemesh.error.NearMatch;
import java.util.Optional;
import java.util.stream.Stream;

/** How a role names columns: alone, or after their object and a dot, for a contract of several objects. */
record RoleColumns(DataContract contract, SchemaObject object) {
    /** The object's column of a name without {@link #fault}; empty if it is another object's. */
    Optional<String> inObject(String name) {
        return columns(object)
                .filter(column ->
                        column.equals(name) || qualified(object, column).equals(name))
                .findFirst();
    }

    /** Why it is not known which columns a name means; names may have dots themselves. */
    Optional<String> fault(String name) {
        long alone = count(name, (object, column) -> column);
        long qualified = count(name, RoleColumns::qualified);
        if (qualified > 1 || (qualified == 1 && alone > 0)) {
            return Optional.of(
                    Shown.quoted(name) + " is more than one column of the contract; rename an object or a column");
        }
        return alone + qualified > 0
                ? Optional.empty()
                : Optional.of("no column " + Shown.quoted(name)
                        + NearMatch.hint(name, columns(object).toList()));
    }

    private interface Naming {
        String of(SchemaObject object, String column);
    }

    private long count(String name, Naming naming) {
        return contract.schema().stream()
                .flatMap(other -> columns(other).map(column -> naming.of(other, column)))
                .filter(name::equals)
                .count();
    }

    private static String qualified(SchemaObject object, String column) {
        return object.name() + "." + column;
    }

    private static Stream<String> columns(SchemaObject object) {
        return object.properties().stream().map(property -> String.valueOf(property.name()));
    }
}
