package io.lakemesh.spill;

import io.lakemesh.error.MeshException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Temporary files that nobody but the process's owner can read; removed on closing, with the folder if it is empty then. */
public final class Spill implements AutoCloseable {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    public Spill(Path folder) {
        this.folder = folder;
    }

    public Path newFile() {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "check", ".spill");
            files.add(file);
            return file;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public void remove(Path file) {
        try {
            Files.deleteIfExists(file);
            files.remove(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public MeshException failed(IOException cause) {
        return new MeshException(
                "Cannot spill to " + folder + ": " + cause.getMessage() + "; is the disk full?", cause);
    }

    @Override
    public void close() {
        List.copyOf(files).forEach(this::remove);
        try {
            Files.deleteIfExists(folder);
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            // somebody else's files: not ours to remove
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
