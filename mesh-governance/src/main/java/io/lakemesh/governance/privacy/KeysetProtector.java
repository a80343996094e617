package io.lakemesh.governance.privacy;

import com.google.crypto.tink.KeysetHandle;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.protect.Protector;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;

/** Stand-ins by the keys of a keyset. */
final class KeysetProtector implements Protector {
    private final NavigableMap<Integer, SecretKeySpec> keys;

    KeysetProtector(KeysetHandle keyset) throws GeneralSecurityException {
        this.keys = Keysets.keys(keyset);
    }

    @Override
    public String protect(Keyed kind, String text) {
        return maker(kind).apply(text);
    }

    @Override
    public UnaryOperator<String> maker(Keyed kind) {
        return maker(keys.lastKey(), kind);
    }

    private StandInMaker maker(int number, Keyed kind) {
        return new StandInMaker(number, Objects.requireNonNull(keys.get(number)), kind);
    }

    @Override
    public List<String> candidates(Keyed kind, String text) {
        return keys.descendingKeySet().stream()
                .map(number -> maker(number, kind).apply(text))
                .toList();
    }

    @Override
    public boolean isCurrent(String standIn) {
        return standIn.startsWith(Keysets.name(keys.lastKey()) + ":");
    }

    @Override
    public String toString() {
        return "KeysetProtector" + keys.keySet();
    }
}
