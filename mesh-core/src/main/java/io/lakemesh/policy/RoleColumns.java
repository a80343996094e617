package io.lakemesh.policy;

import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaObject;

/** How a role names columns: alone, or after their object and a dot, for a contract of several objects. */
record RoleColumns(DataContract contract, SchemaObject object) {
    /** The name in the object, if it is one of the object's columns. */
    String inObject(String name) {
        String prefix = object.name() + ".";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /** Whether any object of the contract has the column. */
    boolean isKnown(String name) {
        return contract.schema().stream().anyMatch(other -> other.properties().stream()
                .map(property -> String.valueOf(property.name()))
                .anyMatch(column -> column.equals(name) || (other.name() + "." + column).equals(name)));
    }
}
