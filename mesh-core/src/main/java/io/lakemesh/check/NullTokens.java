package io.lakemesh.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** The texts that are read as null. */
final class NullTokens {
    private final byte[][] tokens;

    NullTokens(Set<String> tokens) {
        this.tokens = tokens.stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    boolean contain(byte[] bytes, int start, int end) {
        for (byte[] token : tokens) {
            if (token.length == end - start && Arrays.equals(token, 0, token.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }
}
