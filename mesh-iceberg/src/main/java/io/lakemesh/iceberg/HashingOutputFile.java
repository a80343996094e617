package io.lakemesh.iceberg;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Digests a file's bytes while they are written, so that no second reading is needed. */
final class HashingOutputFile implements OutputFile {
    private final OutputFile file;
    private final MessageDigest digest = Digests.sha256();

    HashingOutputFile(OutputFile file) {
        this.file = file;
    }

    /** Hex digest of what was written; to be asked once, after the stream was closed. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public PositionOutputStream create() {
        return new Hashing(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return new Hashing(file.createOrOverwrite());
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

        Hashing(PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            digest.update((byte) b);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public long storedLength() throws IOException {
            return out.storedLength();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
