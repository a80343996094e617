package io.lakemesh.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalOutputStreamTest {
    @TempDir
    private Path folder;

    /** Says which folders were put on the disk while the file was there. */
    private static final class Recording extends LocalDisk {
        private final List<Path> synced = new ArrayList<>();

        @Override
        void sync(Path synced) throws IOException {
            super.sync(synced);
            this.synced.add(synced);
        }
    }

    /** A disk without hard links. */
    private static final class NoLinks extends LocalDisk {
        @Override
        void link(Path name, Path file) throws IOException {
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
        }
    }

    private static void write(Path target, boolean overwrite, LocalDisk disk, int value) throws IOException {
        try (LocalOutputStream out = new LocalOutputStream(target, overwrite, disk)) {
            out.write(value);
        }
    }

    @Test
    void putsTheNamesOfFilesAndNewFoldersOnTheDisk() throws IOException {
        Recording disk = new Recording();

        write(folder.resolve("a/b/file"), false, disk, 1);
        assertThat(disk.synced).containsExactly(folder, folder.resolve("a"), folder.resolve("a/b"));

        write(folder.resolve("a/b/file"), true, disk, 2);
        assertThat(disk.synced).hasSize(4).endsWith(folder.resolve("a/b"));
    }

    @Test
    void writesWhereThereAreNoHardLinks() throws IOException {
        Path file = folder.resolve("file");

        write(file, false, new NoLinks(), 7);

        assertThat(Files.readAllBytes(file)).containsExactly(7);
        try (LocalOutputStream late = new LocalOutputStream(folder.resolve("other"), false, new NoLinks())) {
            late.write(1);
            Files.createFile(folder.resolve("other"));
            assertThatThrownBy(late::close)
                    .isInstanceOf(AlreadyExistsException.class)
                    .hasMessageContaining("it is there already");
        }
        assertThat(Files.size(folder.resolve("other"))).isZero();
        assertThat(Listing.of(folder.toString())).hasSize(2);
    }

    @Test
    void leavesNothingOfAFileThatIsAborted() throws IOException {
        try (LocalOutputStream out = new LocalOutputStream(folder.resolve("file"), false)) {
            out.write(1);
            out.abort();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
