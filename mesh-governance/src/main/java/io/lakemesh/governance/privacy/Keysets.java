package io.lakemesh.governance.privacy;

import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import io.lakemesh.contract.Protection.Kind;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys of one name: a keyset of Tink's for each kind, its keys numbered from 1; the primary is the newest. Whoever shall only
 * reveal can be given the keysets for that alone.
 */
final class Keysets {
    private static final int MOST = 999_999;
    private static final int GCM_KEY_BYTES = 32;
    private static final int GCM_NONCE_BYTES = 12;
    private static final int GCM_TAG_BYTES = 16;
    private static final int SIV_KEY_BYTES = 64;

    static {
        TinkPrimitives.register();
    }

    private final Map<Kind, KeysetHandle> byKind;

    private Keysets(Map<Kind, KeysetHandle> byKind) {
        this.byKind = byKind;
    }

    /** Keysets that were kept. */
    static Keysets of(Map<Kind, KeysetHandle> byKind) throws GeneralSecurityException {
        Keysets keysets = new Keysets(byKind);
        try {
            keysets.require();
        } catch (IllegalStateException e) {
            throw new GeneralSecurityException("A keyset has no primary key, or one that Tink cannot read", e);
        }
        return keysets;
    }

    static Keysets first() throws GeneralSecurityException {
        Map<Kind, KeysetHandle> keysets = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            keysets.put(kind, KeysetHandle.newBuilder().addEntry(entry(kind, 1)).build());
        }
        return new Keysets(keysets);
    }

    Keysets rotated() throws GeneralSecurityException {
        Map<Kind, KeysetHandle> keysets = new EnumMap<>(Kind.class);
        for (Map.Entry<Kind, KeysetHandle> known : byKind.entrySet()) {
            keysets.put(
                    known.getKey(),
                    KeysetHandle.newBuilder(known.getValue())
                            .addEntry(entry(known.getKey(), newest() + 1))
                            .build());
        }
        return new Keysets(keysets);
    }

    private static KeysetHandle.Builder.Entry entry(Kind kind, int number) throws GeneralSecurityException {
        return KeysetHandle.generateEntryFromParameters(parameters(kind))
                .withFixedId(number)
                .makePrimary();
    }

    /** Keys without Tink's prefix: the key's number stands before each text. */
    static Parameters parameters(Kind kind) throws GeneralSecurityException {
        return switch (kind) {
            case PSEUDONYMIZE -> PredefinedPrfParameters.HMAC_SHA256_PRF;
            case TOKENIZE ->
                AesSivParameters.builder()
                        .setKeySizeBytes(SIV_KEY_BYTES)
                        .setVariant(AesSivParameters.Variant.NO_PREFIX)
                        .build();
            case ENCRYPT -> gcm();
        };
    }

    /** AES-256-GCM. */
    static AesGcmParameters gcm() throws GeneralSecurityException {
        return AesGcmParameters.builder()
                .setKeySizeBytes(GCM_KEY_BYTES)
                .setIvSizeBytes(GCM_NONCE_BYTES)
                .setTagSizeBytes(GCM_TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
    }

    Map<Kind, KeysetHandle> byKind() {
        return byKind;
    }

    /** The number of the newest key; the same for each kind. */
    int newest() {
        return byKind.values().stream()
                .mapToInt(keyset -> keyset.getPrimary().getId())
                .max()
                .orElseThrow();
    }

    /** Whether there is a keyset of each kind. */
    boolean isWhole() {
        return byKind.size() == Kind.values().length;
    }

    /** The keys of a kind that are in use, by number, each as a keyset of its own; empty where there are none of this kind. */
    NavigableMap<Integer, KeysetHandle> keys(Kind kind) throws GeneralSecurityException {
        NavigableMap<Integer, KeysetHandle> keys = new TreeMap<>();
        KeysetHandle keyset = byKind.get(kind);
        for (int i = 0; keyset != null && i < keyset.size(); i++) {
            KeysetHandle.Entry entry = keyset.getAt(i);
            if (entry.getStatus() == KeyStatus.ENABLED) {
                keys.put(entry.getId(), alone(entry));
            }
        }
        return keys;
    }

    private static KeysetHandle alone(KeysetHandle.Entry entry) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(entry.getKey())
                        .withFixedId(entry.getId())
                        .makePrimary())
                .build();
    }

    private void require() throws GeneralSecurityException {
        int newest = newest();
        for (Map.Entry<Kind, KeysetHandle> keyset : byKind.entrySet()) {
            for (int i = 0; i < keyset.getValue().size(); i++) {
                KeysetHandle.Entry entry = keyset.getValue().getAt(i);
                if (entry.getId() < 1 || entry.getId() > Math.min(MOST, newest)) {
                    throw new GeneralSecurityException("The keys are not numbered up to the newest");
                }
                if (!entry.getKey().getParameters().equals(parameters(keyset.getKey()))) {
                    throw new GeneralSecurityException("A key is of another kind");
                }
            }
            if (keyset.getValue().getPrimary().getId() != newest) {
                throw new GeneralSecurityException("The kinds' newest keys are not the same number");
            }
        }
    }

    static String name(int number) {
        return "k" + number;
    }
}
