package io.lakemesh.cli;

import io.lakemesh.history.ReleaseRef;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * {@code PRODUCT[@RELEASE]} as it was given: a product folder, or {@code domain/name}.
 *
 * @param release the newest one, unless named
 */
record ProductArgument(String product, ReleaseRef release) {
    /** Splits at the last {@code @}, unless the whole text is a folder. */
    static ProductArgument parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 || isFolder(text)
                ? new ProductArgument(text, new ReleaseRef.Latest())
                : new ProductArgument(text.substring(0, at), ReleaseRef.parse(text.substring(at + 1)));
    }

    private static boolean isFolder(String text) {
        try {
            return Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
