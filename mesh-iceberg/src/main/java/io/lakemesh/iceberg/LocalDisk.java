package io.lakemesh.iceberg;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Names of files, made so that they outlast a loss of power. */
class LocalDisk {
    /** Gives a file a further name. */
    void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    /** Puts a folder's list of names on the disk. */
    void sync(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (FileSystemException e) {
            // Windows opens no folders, and needs none of this
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Makes a folder with those above it. */
    final void createFolders(Path folder) throws IOException {
        Path above = folder.getParent();
        if (above == null || Files.isDirectory(folder)) {
            return;
        }
        createFolders(above);
        Files.createDirectories(folder);
        sync(above);
    }

    final void replace(Path target, Path file) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder(target));
    }

    /**
     * Moves a file to a name that is free.
     *
     * @throws FileAlreadyExistsException if another writer has it
     */
    final void claim(Path target, Path file) throws IOException {
        try {
            // a hard link, unlike a move, refuses to replace what another writer has put there meanwhile
            link(target, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // no hard links here: an empty file holds the name until the move
            Files.createFile(target);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(file);
        }
        sync(folder(target));
    }

    private static Path folder(Path file) {
        return java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
