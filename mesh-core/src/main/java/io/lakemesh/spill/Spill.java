package io.lakemesh.spill;

import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Temporary files that nobody but the process's owner can read; removed on closing, with the folder if it is empty then. */
public final class Spill implements AutoCloseable {
    private final Path folder;
    private final @Nullable Seal seal;
    private final List<Path> files = new ArrayList<>();

    public Spill(Path folder) {
        this(folder, null);
    }

    private Spill(Path folder, @Nullable Seal seal) {
        this.folder = folder;
        this.seal = seal;
    }

    /** Files that nobody can read, not even when this process is killed and leaves them: the key is in its memory only. */
    public static Spill sealed(Path folder) {
        return new Spill(folder, new Seal());
    }

    @Nullable
    Seal seal() {
        return seal;
    }

    /** A name for a folder of the caller's own among the system's temporary files. */
    public static Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "lakemesh-" + UUID.randomUUID());
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

    public UnavailableException failed(IOException cause) {
        return new UnavailableException(
                "Cannot spill to " + folder + ": " + cause.getMessage()
                        + "; make room there, or name a folder with room by -Djava.io.tmpdir",
                cause);
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
            throw failed(e);
        }
    }
}
