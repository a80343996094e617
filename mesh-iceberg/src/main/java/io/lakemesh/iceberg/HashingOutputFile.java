package io.lakemesh.iceberg;

import io.lakemesh.provenance.Digests;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/** Digests a file's bytes while they are written, so that no second reading is needed. */
final class HashingOutputFile implements OutputFile {
    private final OutputFile file;
    private final MessageDigest digest = Digests.sha256();
    private @Nullable Hashing stream;

    HashingOutputFile(OutputFile file) {
        this.file = file;
    }

    /** Hex digest of what was written; to be asked once, after the stream was closed. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public PositionOutputStream create() {
        return start(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return start(file.createOrOverwrite());
    }

    private Hashing start(PositionOutputStream out) {
        Hashing started = new Hashing(out);
        stream = started;
        return started;
    }

    /** Ends the writing without a file; whoever still holds the stream writes to nowhere. */
    void abort() throws IOException {
        if (stream != null) {
            stream.abort();
        }
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public InputFile toInputFile() {
        return file.toInputFile();
    }

    private final class Hashing extends PositionOutputStream {
        private final PositionOutputStream out;
        private boolean aborted;

        Hashing(PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            if (!aborted) {
                digest.update((byte) b);
                out.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!aborted) {
                digest.update(bytes, offset, length);
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (!aborted) {
                out.flush();
            }
        }

        @Override
        public long storedLength() throws IOException {
            return out.storedLength();
        }

        @Override
        public void close() throws IOException {
            if (!aborted) {
                out.close();
            }
        }

        void abort() throws IOException {
            aborted = true;
            if (out instanceof LocalOutputStream local) {
                local.abort();
            } else {
                out.close();
            }
        }
    }
}
