package io.lakemesh.document;

/**
 * What a document from outside may cost before it is refused. Aliases count for all that they stand for.
 *
 * @param bytes of the file
 * @param depth of nesting
 * @param aliases how often an anchor may be referred to
 * @param nodes keys and values together
 * @param characters of all scalars together
 */
public record DocumentLimits(int bytes, int depth, int aliases, int nodes, int characters) {
    private static final int MEBIBYTE = 1 << 20;

    /** For what people write: descriptors and {@code mesh.yaml}. */
    public static final DocumentLimits DESCRIPTOR = new DocumentLimits(4 * MEBIBYTE, 64, 1_000, 200_000, 8 * MEBIBYTE);

    /** For what Lakemesh itself wrote: manifests and reports, which never hold an alias. */
    public static final DocumentLimits MANIFEST = new DocumentLimits(64 * MEBIBYTE, 64, 0, 10_000_000, 64 * MEBIBYTE);
}
