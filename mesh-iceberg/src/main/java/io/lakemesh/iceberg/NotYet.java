package io.lakemesh.iceberg;

import io.lakemesh.error.MeshException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an embedded mesh is kept in before anything was published: looked at without making it. */
final class NotYet {
    private NotYet() {}

    /**
     * Says that it is not there.
     *
     * @throws MeshException if it cannot be made there
     */
    static String describe(Path missing) {
        Path above = missing;
        while (!Files.exists(above) && above.getParent() != null) {
            above = above.getParent();
        }
        if (!Files.isDirectory(above) || !Files.isWritable(above)) {
            throw new MeshException("nothing was published here yet, and the first publish could not make " + missing
                    + ": " + above + " is not a folder that may be written");
        }
        return "nothing was published here yet; the first publish makes " + missing;
    }
}
