package io.lakemesh.governance.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is stored of a text: {@code k}, a key's number, a colon, and in base64url without padding what the key made. */
final class StoredText {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Pattern FORM = Pattern.compile("k([1-9][0-9]{0,5}):([A-Za-z0-9_-]+)");

    private final int number;
    private final byte[] content;

    private StoredText(int number, byte[] content) {
        this.number = number;
        this.content = content;
    }

    /** Reads a text; empty if it has another form. */
    static Optional<StoredText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredText(Integer.parseInt(form.group(1)), DECODER.decode(form.group(2))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    int number() {
        return number;
    }

    byte[] content() {
        return content;
    }

    /** What every text under a key begins with, in ASCII. */
    static byte[] prefix(int number) {
        return start(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a stored text was made with the key of a number. */
    static boolean isUnder(int number, String stored) {
        return stored.startsWith(start(number));
    }

    private static String start(int number) {
        return Keysets.name(number) + ":";
    }

    static String text(byte[] prefix, byte[] content) {
        byte[] encoded = ENCODER.encode(content);
        byte[] all = new byte[prefix.length + encoded.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(encoded, 0, all, prefix.length, encoded.length);
        return new String(all, StandardCharsets.ISO_8859_1);
    }
}
