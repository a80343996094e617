package io.lakemesh.policytest;

import io.lakemesh.document.Node;
import io.lakemesh.error.Place;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * One test as it is written.
 *
 * @param product a pattern of {@code domain/name}
 * @param object of the contract; null for all of the products' objects
 * @param node the whole test, for what depends on the table's columns
 */
record PolicyTest(String name, String product, @Nullable String object, Subject subject, Node.Mapping node) {
    boolean concerns(TablePolicy table) {
        return table.product().matches(product) && (object == null || object.equals(table.object()));
    }

    Place place() {
        return node.placeOf("name");
    }
}
