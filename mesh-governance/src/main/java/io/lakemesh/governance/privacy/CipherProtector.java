package io.lakemesh.governance.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.Protector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Texts that a key leads back from: tokens by AES-SIV, the same in every column, and AES-GCM, bound to the column. */
final class CipherProtector implements Protector {
    private static final byte[] ANYWHERE = {};

    private final String name;
    private final Kind kind;
    private final NavigableMap<Integer, Cipher> keys = new TreeMap<>();

    private interface Step {
        byte[] apply(byte[] bytes, byte[] place) throws GeneralSecurityException;
    }

    private record Cipher(Step seal, Step open) {}

    CipherProtector(String name, Kind kind, NavigableMap<Integer, KeysetHandle> keys) throws GeneralSecurityException {
        this.name = name;
        this.kind = kind;
        for (Map.Entry<Integer, KeysetHandle> key : keys.entrySet()) {
            this.keys.put(key.getKey(), cipher(kind, key.getValue()));
        }
    }

    private static Cipher cipher(Kind kind, KeysetHandle key) throws GeneralSecurityException {
        if (kind == Kind.TOKENIZE) {
            DeterministicAead siv = key.getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
            return new Cipher(siv::encryptDeterministically, siv::decryptDeterministically);
        }
        Aead gcm = key.getPrimitive(RegistryConfiguration.get(), Aead.class);
        return new Cipher(gcm::encrypt, gcm::decrypt);
    }

    @Override
    public UnaryOperator<String> maker(String column) {
        return maker(keys.lastKey(), column);
    }

    private UnaryOperator<String> maker(int number, String column) {
        byte[] prefix = StoredText.prefix(number);
        byte[] place = place(column);
        Step seal = Objects.requireNonNull(keys.get(number)).seal();
        return text -> {
            try {
                return StoredText.text(prefix, seal.apply(text.getBytes(StandardCharsets.UTF_8), place));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Cannot " + kind + " a text", e);
            }
        };
    }

    private byte[] place(String column) {
        return kind.isDeterministic() ? ANYWHERE : column.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> candidates(String text) {
        return keys.descendingKeySet().stream()
                .map(number -> maker(number, "").apply(text))
                .toList();
    }

    @Override
    public boolean isCurrent(String stored) {
        return StoredText.isUnder(keys.lastKey(), stored);
    }

    UnaryOperator<String> revealer(String column) {
        byte[] place = place(column);
        return stored -> reveal(
                StoredText.parse(stored)
                        .orElseThrow(() -> new IntegrityException("Cannot reveal " + column
                                + ": a stored text is none that a key made; was the table changed by something else?")),
                column,
                place);
    }

    private String reveal(StoredText stored, String column, byte[] place) {
        Cipher key = keys.get(stored.number());
        if (key == null) {
            throw new InvalidInputException("Cannot reveal " + column + ": a text was protected with key "
                    + Keysets.name(stored.number()) + " of '" + name + "', and the key ring has "
                    + keys.keySet().stream().map(Keysets::name).toList() + "; get the newest keys of '" + name + "'");
        }
        try {
            return new String(key.open().apply(stored.content(), place), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            // the cause tells nothing more
            throw new IntegrityException("Cannot reveal " + column + ": key " + Keysets.name(stored.number()) + " of '"
                    + name + "' did not make a stored text for this column; it was changed, or comes from elsewhere");
        }
    }

    @Override
    public String toString() {
        return "CipherProtector[" + kind + keys.keySet() + "]";
    }
}
