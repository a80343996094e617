package io.lakemesh.cli.rows;

import io.lakemesh.error.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that has its name, in place of what was there, only when it is whole. */
final class PartialFile {
    private final Path file;
    private final Path part;

    PartialFile(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    /** Where to write until then. */
    Path part() {
        return part;
    }

    void complete() {
        try {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MeshException("Cannot write " + file + ": " + e, e);
        }
    }

    /** Removes what was written, unless it is complete. */
    void discard() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new MeshException("Cannot remove " + part + ": " + e, e);
        }
    }
}
