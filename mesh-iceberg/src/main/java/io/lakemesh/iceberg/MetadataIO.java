package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The storage as a JDBC catalog reads tables' metadata from it. Iceberg tries to read such a file twenty times, for ten minutes, while
 * storage has tried again itself and a publish is to end within one: here the first failure is the last.
 */
final class MetadataIO implements FileIO {
    private static final long serialVersionUID = 1L;

    private final FileIO storage;

    /** What Iceberg does not try again after. Never leaves {@link #reading}. */
    private static final class Unread extends NotFoundException {
        private static final long serialVersionUID = 1L;

        Unread(RuntimeException cause) {
            super(cause, "%s", cause.getMessage());
        }
    }

    MetadataIO(FileIO storage) {
        this.storage = storage;
    }

    /** Does what may read metadata; what storage threw is thrown. */
    static <T> T reading(Supplier<T> action) {
        try {
            return action.get();
        } catch (Unread e) {
            throw (RuntimeException) Objects.requireNonNull(e.getCause());
        }
    }

    /** What is behind this, where it is this. */
    static FileIO storage(FileIO io) {
        return io instanceof MetadataIO metadata ? metadata.storage : io;
    }

    @Override
    public InputFile newInputFile(String location) {
        InputFile file = storage.newInputFile(location);
        try (InputStream in = file.newStream()) {
            return new InMemoryInputFile(location, in.readAllBytes());
        } catch (NotFoundException e) {
            throw e;
        } catch (IOException e) {
            throw new Unread(new UncheckedIOException("Cannot read " + location, e));
        } catch (RuntimeException e) {
            throw new Unread(e);
        }
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return storage.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        storage.deleteFile(location);
    }
}
