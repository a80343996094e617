package io.lakemesh.batch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run read: a file, a stream of records, or the answer to a query.
 *
 * @param name the file's name as the user gave it, without a secret
 * @param sha256 hex digest over its bytes as stored (compressed, where it is); of a stream, over its records in a canonical text;
 *     of a query, over its rows in any order ({@link UnorderedDigest})
 * @param bytes size as stored
 * @param rows records found, malformed ones included
 * @param query the query that gave the rows; null for other inputs
 */
public record InputEvidence(String name, String sha256, long bytes, long rows, @Nullable QueryEvidence query) {
    public InputEvidence(String name, String sha256, long bytes, long rows) {
        this(name, sha256, bytes, rows, null);
    }

    public Optional<QueryEvidence> queried() {
        return Optional.ofNullable(query);
    }
}
