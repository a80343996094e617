package io.lakemesh.governance.privacy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.Prf;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.protect.Protector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;

/** Stand-ins by the keys of a keyset: the first 16 bytes of HMAC-SHA256 over the kind, a colon and the text. */
final class KeysetProtector implements Protector {
    private static final int BYTES = 16;

    private final NavigableMap<Integer, Prf> functions;

    KeysetProtector(KeysetHandle keyset) throws GeneralSecurityException {
        this.functions = Keysets.functions(keyset);
    }

    @Override
    public String protect(Keyed kind, String text) {
        return standIn(functions.lastKey(), kind, text);
    }

    @Override
    public List<String> candidates(Keyed kind, String text) {
        return functions.descendingKeySet().stream()
                .map(number -> standIn(number, kind, text))
                .toList();
    }

    @Override
    public boolean isCurrent(String standIn) {
        return standIn.startsWith(prefix(functions.lastKey()));
    }

    private String standIn(int number, Keyed kind, String text) {
        try {
            byte[] bytes = (kind + ":" + text).getBytes(StandardCharsets.UTF_8);
            byte[] digest = Objects.requireNonNull(functions.get(number)).compute(bytes, BYTES);
            return prefix(number) + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot compute HMAC-SHA256 with key " + Keysets.name(number), e);
        }
    }

    private static String prefix(int number) {
        return Keysets.name(number) + ":";
    }

    @Override
    public String toString() {
        return "KeysetProtector" + functions.keySet();
    }
}
