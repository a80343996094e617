package io.lakemesh.provenance;

import java.util.List;
import java.util.Optional;

/**
 * Small documents that live with the lakehouse. Paths are relative, of {@code [A-Za-z0-9._-]} and {@code /}, without dot segments.
 * Writes are atomic: a reader sees a whole document or none. Safe for use by many threads.
 */
public interface BlobStore {
    /** Writes a document, in place of what is there. */
    void put(String path, byte[] content);

    Optional<byte[]> get(String path);

    /** The paths that begin with a prefix, which ends in {@code /}, in ascending order. */
    List<String> list(String prefix);

    /** Removes a document, if it is there. */
    void delete(String path);

    /** The document's full location, as {@code Lakehouse.digest} takes it. */
    String location(String path);
}
