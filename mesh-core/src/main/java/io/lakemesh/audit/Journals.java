package io.lakemesh.audit;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of the journals. Whoever uses it can read it, and nobody else. */
final class Journals {
    private static final String SUFFIX = ".jsonl";

    /**
     * The files that this process uses. Locks keep other processes away only, and all of a process's locks of a file end when it
     * closes any channel to it: such a file must not even be opened.
     */
    private static final Set<Path> USED = ConcurrentHashMap.newKeySet();

    private final Path folder;

    Journals(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Starts a journal.
     *
     * @throws UnavailableException if it cannot be written
     */
    Journal start() {
        try {
            createFolder();
            Journal journal = null;
            while (journal == null) {
                journal = open(
                        folder.resolve(UUID.randomUUID() + SUFFIX),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
            }
            return journal;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    UnavailableException failed(IOException cause) {
        return new UnavailableException(
                "Cannot write the audit's journal in " + folder + ": " + told(cause)
                        + "; nothing is done without a record: make it writable, or name another folder as audit.folder in"
                        + " mesh.yaml",
                cause);
    }

    private static String told(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        return Objects.requireNonNullElse(
                cause instanceof FileSystemException file ? file.getReason() : cause.getMessage(),
                cause.getClass().getSimpleName());
    }

    private void createFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(Objects.requireNonNull(folder.getParent()));
            try {
                Files.createDirectory(folder, owners("rwx------"));
            } catch (FileAlreadyExistsException e) {
                // another process was quicker, or it is a file, which opening a journal tells
                return;
            }
        }
    }

    private static FileAttribute<?>[] owners(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Null if somebody uses the file. */
    private @Nullable Journal open(Path file, Set<OpenOption> options) throws IOException {
        if (!USED.add(file)) {
            return null;
        }
        FileChannel channel = null;
        Journal journal = null;
        try {
            channel = FileChannel.open(file, options, owners("rw-------"));
            journal = Journal.lock(this, file, channel);
            return journal;
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            return null;
        } finally {
            if (journal == null) {
                USED.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    void released(Path file) {
        USED.remove(file);
    }

    /**
     * Takes over the journals that nobody uses any more.
     *
     * @param damaged is told of what cannot be read; it stays where it is
     */
    List<Journal> abandoned(Consumer<IntegrityException> damaged) {
        List<Journal> found = new ArrayList<>();
        for (Path file : files()) {
            try {
                Journal journal = open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
                if (journal != null) {
                    recover(journal, found, damaged);
                }
            } catch (IOException e) {
                damaged.accept(new IntegrityException(
                        "Cannot take in the journal " + file + ": " + e.getMessage() + "; its records stay there", e));
            }
        }
        return found;
    }

    private static void recover(Journal journal, List<Journal> found, Consumer<IntegrityException> damaged)
            throws IOException {
        try {
            journal.recover();
            found.add(journal);
        } catch (IntegrityException e) {
            journal.close();
            damaged.accept(e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
