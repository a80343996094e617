package io.lakemesh.audit;

import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;

/** Where the chain ends: the number of its records and the hash of the last. Stands in the table as its position. */
record Head(long count, String hash) {
    static final Head START = new Head(0, "0".repeat(64));

    /**
     * Reads a position.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Head parse(String position) {
        if (!(Documents.parse("position", position) instanceof Node.Mapping node)) {
            throw new IllegalArgumentException("Invalid position of the audit: expected a mapping");
        }
        String count = node.text("count").orElse("");
        String hash = node.text("hash").orElse("");
        if (!count.matches("[0-9]{1,18}") || !hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Invalid position of the audit: expected count and hash");
        }
        return new Head(Long.parseLong(count), hash);
    }

    String position() {
        return Json.writeCompact(
                Node.mapping().put("count", count).put("hash", hash).build());
    }
}
