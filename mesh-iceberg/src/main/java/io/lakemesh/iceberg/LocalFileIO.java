package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Files of the local disk, without Hadoop: a file appears under its name only when it is whole and on the disk. Locations are
 * absolute paths or {@code file:} URIs.
 */
public final class LocalFileIO implements SupportsPrefixOperations {
    private static final long serialVersionUID = 1L;

    static Path path(String location) {
        return location.startsWith("file:") ? Path.of(URI.create(location).getPath()) : Path.of(location);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String folder) {
        List<FileInfo> found = new ArrayList<>();
        try {
            Files.walkFileTree(path(folder), new Lister(path(folder), found));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
        return found;
    }

    @Override
    public void deletePrefix(String folder) {
        throw new UnsupportedOperationException("Cannot delete all of " + folder + ": files are deleted one by one");
    }

    /** Files that go while they are listed are not there. */
    private static final class Lister extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final List<FileInfo> found;

        Lister(Path folder, List<FileInfo> found) {
            this.folder = folder;
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                found.add(new FileInfo(
                        file.toString(),
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + location, e);
        }
    }

    private record LocalInput(String location) implements InputFile {
        @Override
        public long getLength() {
            try {
                return Files.size(path(location));
            } catch (NoSuchFileException e) {
                throw new NotFoundException(e, "Cannot find file %s", location);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + location, e);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new LocalInputStream(Files.newByteChannel(path(location)));
            } catch (NoSuchFileException e) {
                throw new NotFoundException(e, "Cannot find file %s", location);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + location, e);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(path(location));
        }
    }

    private static final class LocalInputStream extends SeekableInputStream {
        private final SeekableByteChannel channel;
        private final InputStream in;

        LocalInputStream(SeekableByteChannel channel) {
            this.channel = channel;
            this.in = Channels.newInputStream(channel);
        }

        @Override
        public long getPos() throws IOException {
            return channel.position();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record LocalOutput(String location) implements OutputFile {
        @Override
        public LocalOutputStream create() {
            return new LocalOutputStream(path(location), false);
        }

        @Override
        public LocalOutputStream createOrOverwrite() {
            return new LocalOutputStream(path(location), true);
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInput(location);
        }
    }
}
