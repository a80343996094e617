package io.lakemesh.iceberg;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.provenance.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A digest over rows that were set aside, in their order; when that was does not count. */
final class RowsDigest {
    private final MessageDigest digest = Digests.sha256();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    private @Nullable String hex;

    void add(QuarantinedRow row) {
        add(row.file());
        add(row.line());
        add(row.record().size());
        for (Map.Entry<String, String> entry : new TreeMap<>(row.record()).entrySet()) {
            add(entry.getKey());
            add(entry.getValue());
        }
        add(row.reasons().size());
        for (QuarantinedRow.Reason reason : row.reasons()) {
            add(reason.rule());
            add(reason.field() == null ? "" : reason.field());
            add(reason.message());
        }
    }

    private void add(long value) {
        digest.update(number.putLong(0, value).array());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
    }

    /** To be asked when every row was added. */
    String hex() {
        if (hex == null) {
            hex = HexFormat.of().formatHex(digest.digest());
        }
        return hex;
    }
}
