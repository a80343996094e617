package io.lakemesh.batch;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest over records in which their order does not count, for sources that promise none: SHA-256 over the number of records and
 * the sum of their own digests. It tells whether two readings gave the same records, not whether somebody made records up to
 * give the same sum. Not thread-safe.
 */
public final class UnorderedDigest {
    private final MessageDigest digest = MapReader.sha256();
    private BigInteger sum = BigInteger.ZERO;
    private long records;
    private long bytes;

    public void add(Map<String, ? extends @Nullable Object> record) {
        byte[] text = CanonicalText.of(record).getBytes(StandardCharsets.UTF_8);
        sum = sum.add(new BigInteger(1, digest.digest(text)));
        bytes += text.length;
        records++;
    }

    /** Records so far. */
    public long records() {
        return records;
    }

    /** Bytes of the records' canonical text. */
    public long bytes() {
        return bytes;
    }

    /** The digest of the records so far, as hex. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest((records + ":" + sum).getBytes(StandardCharsets.UTF_8)));
    }
}
