package io.lakemesh.iceberg;

import io.lakemesh.provenance.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.iceberg.io.InputFile;

/** SHA-256 over files as they are stored. */
final class FileDigests {
    private FileDigests() {}

    static String of(InputFile file) {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = file.newStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.location(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
