package io.lakemesh.iceberg;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.PositionOutputStream;

/** Writes beside the target and moves there on closing, so that a killed process leaves no half file under a real name. */
final class LocalOutputStream extends PositionOutputStream {
    private static final int BUFFER = 1 << 16;

    private final LocalDisk disk;
    private final Path target;
    private final boolean overwrite;
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream out;
    private long position;
    private boolean closed;

    LocalOutputStream(Path target, boolean overwrite) {
        this(target, overwrite, new LocalDisk());
    }

    LocalOutputStream(Path target, boolean overwrite, LocalDisk disk) {
        this.disk = disk;
        this.target = target;
        this.overwrite = overwrite;
        this.partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        if (!overwrite && Files.exists(target)) {
            throw new AlreadyExistsException("Cannot create %s: it is there already", target);
        }
        this.channel = open();
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    private FileChannel open() {
        try {
            disk.createFolders(Objects.requireNonNull(partial.toAbsolutePath().getParent()));
            return FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + target, e);
        }
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            delete(e);
            throw e;
        }
        publish();
    }

    /** Ends the writing without a file. */
    void abort() throws IOException {
        if (!closed) {
            closed = true;
            channel.close();
            Files.deleteIfExists(partial);
        }
    }

    private void delete(IOException failure) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void publish() throws IOException {
        if (overwrite) {
            disk.replace(target, partial);
            return;
        }
        try {
            disk.claim(target, partial);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "Cannot create %s: it is there already", target);
        }
    }
}
