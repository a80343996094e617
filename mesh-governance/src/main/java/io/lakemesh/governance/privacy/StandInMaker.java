package io.lakemesh.governance.privacy;

import io.lakemesh.contract.Protection.Keyed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stand-ins of one kind under one key: the first 16 bytes of HMAC-SHA256 over the kind, a colon and the text. Not thread-safe. */
final class StandInMaker implements UnaryOperator<String> {
    private static final int BYTES = 16;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;
    private final byte[] kind;
    private final byte[] digest;
    private final byte[] standIn;
    private final int prefix;

    StandInMaker(int number, SecretKeySpec key, Keyed kind) {
        byte[] name = (Keysets.name(number) + ":").getBytes(StandardCharsets.US_ASCII);
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot find HmacSHA256 in this Java", e);
        }
        this.kind = (kind + ":").getBytes(StandardCharsets.US_ASCII);
        this.digest = new byte[mac.getMacLength()];
        this.prefix = name.length;
        this.standIn = new byte[prefix + 2 * BYTES];
        System.arraycopy(name, 0, standIn, 0, prefix);
    }

    @Override
    public String apply(String text) {
        mac.update(kind);
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot compute HmacSHA256", e);
        }
        for (int i = 0; i < BYTES; i++) {
            standIn[prefix + 2 * i] = DIGITS[digest[i] >>> 4 & 0xf];
            standIn[prefix + 2 * i + 1] = DIGITS[digest[i] & 0xf];
        }
        return new String(standIn, StandardCharsets.ISO_8859_1);
    }
}
