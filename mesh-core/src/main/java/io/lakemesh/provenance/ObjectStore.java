package io.lakemesh.provenance;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.nio.charset.StandardCharsets;

/** Documents by the digest of their bytes: written once, never changed, checked whenever they are read. */
public final class ObjectStore {
    private final BlobStore blobs;

    public ObjectStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Where the bytes with a digest are kept. */
    public static String path(String digest) {
        return "objects/" + digest.substring(0, 2) + "/" + digest + ".json";
    }

    /** Stores a document as JSON and gives the digest of its bytes. */
    public String put(Node.Mapping document) {
        return put(bytes(document));
    }

    public String put(byte[] content) {
        String digest = Digests.of(content);
        blobs.put(path(digest), content);
        return digest;
    }

    /** A document's bytes as {@link #put} stores them. */
    public static byte[] bytes(Node.Mapping document) {
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a document back.
     *
     * @throws IntegrityException if it is missing, or its bytes have another digest
     */
    public Node.Mapping get(String digest) {
        byte[] content = blobs.get(path(digest))
                .orElseThrow(
                        () -> new IntegrityException("Cannot find " + location(digest) + ", which a release rests on"));
        if (!Digests.of(content).equals(digest)) {
            throw new IntegrityException(
                    "Digest does not hold: " + location(digest) + " was changed after it was written");
        }
        return read(location(digest), content);
    }

    /** Reads one of our own documents. */
    static Node.Mapping read(String location, byte[] content) {
        return Documented.mapping(Documents.parse(location, content, DocumentLimits.MANIFEST));
    }

    /** The size of what is stored under a digest, in bytes; 0 if nothing is. */
    public long size(String digest) {
        return blobs.get(path(digest)).map(content -> content.length).orElse(0);
    }

    /** The full location of the bytes with a digest. */
    public String location(String digest) {
        return blobs.location(path(digest));
    }
}
