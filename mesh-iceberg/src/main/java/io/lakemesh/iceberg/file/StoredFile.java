package io.lakemesh.iceberg.file;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.error.InvalidInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A file's content, unzipped where its name says so, with a digest over the bytes as stored. Not thread-safe. */
final class StoredFile implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final Digesting stored;
    private final InputStream content;

    private StoredFile(String name, Digesting stored, InputStream content) {
        this.name = name;
        this.stored = stored;
        this.content = content;
    }

    static StoredFile open(Path file) {
        String name = file.toString();
        try {
            return open(name, Files.newInputStream(file));
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + Shown.name(name) + ": " + Shown.cause(e), e);
        }
    }

    static StoredFile open(String name, InputStream bytes) throws IOException {
        Digesting stored = new Digesting(bytes);
        try {
            return new StoredFile(name, stored, isGzip(name) ? new GZIPInputStream(stored, CHUNK) : stored);
        } catch (IOException e) {
            stored.close();
            throw new InvalidInputException(damaged(name), e);
        }
    }

    private static boolean isGzip(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    String name() {
        return name;
    }

    /** Reads until the range is full or the file ends; returns how many bytes. */
    int read(byte[] buffer, int offset, int length) {
        try {
            return content.readNBytes(buffer, offset, length);
        } catch (IOException e) {
            throw new InvalidInputException(
                    isGzip(name) ? damaged(name) : "Cannot read " + Shown.name(name) + ": " + Shown.cause(e), e);
        }
    }

    private static String damaged(String name) {
        return "Cannot unzip " + Shown.name(name) + ": it is cut off, damaged, or no gzip file";
    }

    /** What was read, once the content has ended. */
    InputEvidence evidence(long rows) {
        try {
            stored.drain();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + Shown.name(name) + ": " + Shown.cause(e), e);
        }
        return new InputEvidence(name, stored.sha256(), stored.count, rows);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot close " + Shown.name(name) + ": " + Shown.cause(e), e);
        }
    }

    private static final class Digesting extends FilterInputStream {
        private final MessageDigest digest = sha256Digest();
        private long count;

        Digesting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                digest.update(bytes, offset, read);
                count += read;
            }
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            // what is skipped must be digested too
            return readNBytes((int) Math.min(bytes, CHUNK)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        void drain() throws IOException {
            byte[] rest = new byte[CHUNK];
            while (read(rest, 0, rest.length) > 0) {
                // only its digest matters
            }
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
