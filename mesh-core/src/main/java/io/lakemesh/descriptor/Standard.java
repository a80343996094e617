package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import java.util.List;

/**
 * A published standard for one kind of document, as a shape.
 *
 * <p>The verdict is that of the standard's JSON schema, where {@code format} (uri, date, date-time) is a remark and no demand. It
 * differs for documents of a later minor version than the newest one known: these are accepted, and what is unknown in them is
 * kept, with warnings.
 *
 * @param name with its version, for messages
 * @param versions every {@code apiVersion} known, the newest first
 */
record Standard(String name, List<String> versions, Shape.Keys root) {
    /** Adds everything that is wrong or odd in a document. */
    void check(Node document, Problems problems) {
        new ShapeCheck(name, isNewer(document), problems).check(document, root, root.title());
    }

    private boolean isNewer(Node document) {
        return document instanceof Node.Mapping mapping
                && mapping.entries().get("apiVersion") instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && ApiVersion.isNewerMinor(text, versions.get(0));
    }
}
