package io.lakemesh.contract;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.util.List;

/**
 * Holds {@code encryptedName} to what it says: that a column of that name has the same values, encrypted. Of a column that is
 * protected anything else is an error. Of one that is stored as it is, the contract may be an importer's or another tool's: a warning
 * says that nothing encrypts it.
 */
final class EncryptedNames {
    private static final String KEY = "encryptedName";

    private final List<ColumnContract> columns;
    private final Problems problems;

    private EncryptedNames(List<ColumnContract> columns, Problems problems) {
        this.columns = columns;
        this.problems = problems;
    }

    /** Checks those of an object; its columns are in the order of its properties. */
    static void check(SchemaObject object, List<ColumnContract> columns, Problems problems) {
        EncryptedNames names = new EncryptedNames(columns, problems);
        for (int i = 0; i < columns.size(); i++) {
            names.check(object.properties().get(i), columns.get(i));
        }
    }

    private void check(SchemaProperty property, ColumnContract column) {
        property.withParts()
                .skip(1)
                .filter(part -> part.node().get(KEY).isPresent())
                .forEach(part -> problems.warning(
                        part.node().placeOf(KEY),
                        "nothing encrypts a part of a nested column, whatever its " + KEY + "; only a column can be"));
        property.node()
                .text(KEY)
                .filter(name -> columns.stream().noneMatch(other -> isEncrypted(name, column, other)))
                .ifPresent(name -> report(property, column, name));
    }

    private void report(SchemaProperty property, ColumnContract column, String name) {
        Place place = property.node().placeOf(KEY);
        String message = "no column " + Names.quoted(name) + " has the values of " + Names.quoted(column.name())
                + " encrypted; declare it with " + OwnProperty.PROTECTION.key() + " " + Kind.ENCRYPT + " and "
                + OwnProperty.SOURCE_NAME.key() + " " + Names.quoted(column.sourceName()) + ", or leave " + KEY
                + " out";
        if (column.isProtected()) {
            problems.error(place, message);
        } else {
            problems.warning(place, message);
        }
    }

    private static boolean isEncrypted(String name, ColumnContract column, ColumnContract other) {
        return other.name().equals(name)
                && other.sourceName().equalsIgnoreCase(column.sourceName())
                && other.protection() instanceof Keyed keyed
                && keyed.kind() == Kind.ENCRYPT;
    }
}
