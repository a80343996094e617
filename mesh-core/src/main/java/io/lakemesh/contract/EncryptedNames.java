package io.lakemesh.contract;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.error.Problems;
import java.util.List;

/**
 * Holds {@code encryptedName} to what it says: that a column of that name has the same values, encrypted. A table whose readers
 * look for them in vain, or find them in the clear, is refused.
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
                .forEach(part -> problems.error(
                        part.node().placeOf(KEY),
                        "a part of the nested column cannot have " + KEY + ", only a column can"));
        property.node()
                .text(KEY)
                .filter(name -> columns.stream().noneMatch(other -> isEncrypted(name, column, other)))
                .ifPresent(name -> problems.error(
                        property.node().placeOf(KEY),
                        "no column " + Names.quoted(name) + " has the values of " + Names.quoted(column.name())
                                + " encrypted; declare it with " + OwnProperty.PROTECTION.key() + " " + Kind.ENCRYPT
                                + " and " + OwnProperty.SOURCE_NAME.key() + " " + Names.quoted(column.sourceName())
                                + ", or leave " + KEY + " out"));
    }

    private static boolean isEncrypted(String name, ColumnContract column, ColumnContract other) {
        return other.name().equals(name)
                && other.sourceName().equalsIgnoreCase(column.sourceName())
                && other.protection() instanceof Keyed keyed
                && keyed.kind() == Kind.ENCRYPT;
    }
}
