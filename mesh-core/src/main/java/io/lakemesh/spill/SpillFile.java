package io.lakemesh.spill;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Records of bytes in their order, in memory while they are few, then in a file. Can be read again and again. */
public final class SpillFile implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Spill spill;
    private final ByteWriter block = new ByteWriter();
    private @Nullable Path path;
    private @Nullable OutputStream out;

    public SpillFile(Spill spill) {
        this.spill = spill;
    }

    /** Adds a slice of an array, with two numbers that come back with it. */
    public void add(byte[] bytes, int from, int length, int tag, long ordinal) {
        block.putLong(ordinal);
        block.putByte(tag);
        block.putBytes(bytes, from, length);
        if (block.length() >= BLOCK) {
            flush();
        }
    }

    private void flush() {
        try {
            if (out == null) {
                path = spill.newFile();
                out = Files.newOutputStream(path);
            }
            writeBlock(out);
        } catch (IOException e) {
            throw spill.failed(e);
        }
        block.clear();
    }

    private void writeBlock(OutputStream to) throws IOException {
        Seal seal = spill.seal();
        byte[] bytes = seal == null ? block.bytes() : seal.close(block.bytes(), block.length());
        int length = seal == null ? block.length() : bytes.length;
        to.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        to.write(bytes, 0, length);
    }

    /** Gives each record to the consumer, in the order in which they were added. */
    public void replay(Consumer consumer) {
        if (path != null) {
            replayFile(path, consumer);
        }
        replayBlock(block.bytes(), block.length(), consumer);
    }

    private void replayFile(Path file, Consumer consumer) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            long left = Files.size(file);
            while (left > 0) {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                byte[] block = opened(bytes);
                replayBlock(block, block.length, consumer);
                left -= Integer.BYTES + bytes.length;
            }
        } catch (IOException e) {
            throw spill.failed(e);
        }
    }

    private byte[] opened(byte[] bytes) throws IOException {
        Seal seal = spill.seal();
        return seal == null ? bytes : seal.open(bytes);
    }

    private static void replayBlock(byte[] bytes, int length, Consumer consumer) {
        ByteReader in = new ByteReader(bytes, 0, length);
        while (in.hasMore()) {
            long ordinal = in.readLong();
            int tag = in.readByte();
            int size = (int) in.readLong();
            consumer.add(bytes, in.position(), size, tag, ordinal);
            in.skip(size);
        }
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw spill.failed(e);
        }
        if (path != null) {
            spill.remove(path);
        }
    }

    /** Takes records: a slice of an array that is valid during the call only. */
    public interface Consumer {
        void add(byte[] bytes, int from, int length, int tag, long ordinal);
    }
}
