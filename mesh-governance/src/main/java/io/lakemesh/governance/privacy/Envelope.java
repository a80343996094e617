package io.lakemesh.governance.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.util.SecretBytes;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How keysets are encrypted where they are kept: with the master key of {@code mesh.yaml}, by a key management service, or not at
 * all. A keyset is bound to its name and kind, so that it opens in the place of no other.
 */
final class Envelope {
    private static final String MARK = "encrypted:";
    private static final String MASTER_KEY = "master-key";
    private static final String KMS = "kms";
    private static final int MASTER_KEY_BYTES = 32;

    static {
        // a keyset is opened here before anything else of Tink is used
        TinkPrimitives.register();
    }

    /** What the setting is called, for messages. */
    private final String setting;

    private final @Nullable Aead key;

    private Envelope(String setting, @Nullable Aead key) {
        this.setting = setting;
        this.key = key;
    }

    /**
     * As the section {@code keys} says.
     *
     * @throws InvalidInputException if it names two keys, or what is no master key
     */
    static Envelope of(Map<String, String> settings) {
        String master = settings.get(MASTER_KEY);
        String kms = settings.get(KMS);
        if (master != null && kms != null) {
            throw new InvalidInputException("Cannot open keys: mesh.yaml has both keys.master-key and keys.kms;"
                    + " keep the one that the keys are encrypted with");
        }
        if (master != null) {
            return new Envelope("keys.master-key", masterKey(master));
        }
        return kms == null ? new Envelope("", null) : new Envelope("keys.kms", new Kms(kms));
    }

    static Aead masterKey(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // without the cause, which shows some of it
            throw noMasterKey("it is no base64");
        }
        if (bytes.length != MASTER_KEY_BYTES) {
            throw noMasterKey("it has " + bytes.length + " bytes");
        }
        try {
            return aead(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot set up AES-GCM", e);
        }
    }

    private static InvalidInputException noMasterKey(String problem) {
        return new InvalidInputException("Cannot use keys.master-key of mesh.yaml: " + problem
                + ", expected 32 random bytes in base64, as of: openssl rand -base64 32");
    }

    @AccessesPartialKey
    private static Aead aead(byte[] bytes) throws GeneralSecurityException {
        AesGcmKey gcm = AesGcmKey.builder()
                .setParameters(Keysets.gcm())
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(gcm).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** The text to keep of a keyset. */
    String seal(String name, Kind kind, KeysetHandle keyset) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getEncoder();
        if (key == null) {
            return base64.encodeToString(TinkProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()));
        }
        try {
            return MARK
                    + base64.encodeToString(
                            TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, key, bound(name, kind)));
        } catch (GeneralSecurityException e) {
            // without the cause, which may show what was to be encrypted
            throw new InvalidInputException("Cannot encrypt keys of '" + name + "' with " + setting + reason(e));
        }
    }

    /**
     * The keyset of a text that was kept.
     *
     * @param place where it was kept, for messages
     * @throws GeneralSecurityException if it is none; its cause may show keys
     * @throws InvalidInputException if it is in the clear and should not be, or the other way round, or another key encrypted it
     */
    KeysetHandle open(String name, Kind kind, String text, String place) throws GeneralSecurityException {
        if (key != null && !text.startsWith(MARK)) {
            throw new InvalidInputException("Cannot use the keys of '" + name + "': " + place
                    + " has them in the clear, and mesh.yaml has " + setting
                    + "; encrypt that file, with new keys in it, by: mesh keys rotate '" + name + "'");
        }
        return openAlsoClear(name, kind, text, place);
    }

    /** The same for a text that may be in the clear, too, since it is about to be written anew. */
    KeysetHandle openAlsoClear(String name, Kind kind, String text, String place) throws GeneralSecurityException {
        if (!text.startsWith(MARK)) {
            return clear(text);
        }
        if (key == null) {
            throw new InvalidInputException("Cannot use the keys of '" + name + "': " + place
                    + " has them encrypted, and mesh.yaml has neither keys.master-key nor keys.kms");
        }
        byte[] encrypted = decode(text.substring(MARK.length()));
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(encrypted, key, bound(name, kind));
        } catch (GeneralSecurityException e) {
            // without the cause, which may show what a KMS was given
            throw new InvalidInputException("Cannot use the keys of '" + name + "': " + setting + " did not open "
                    + place + reason(e)
                    + ": they were encrypted with another key or for another name, were changed, or the key is refused"
                    + " to whoever asks");
        }
    }

    private static KeysetHandle clear(String text) throws GeneralSecurityException {
        try {
            return TinkProtoKeysetFormat.parseKeyset(decode(text), InsecureSecretKeyAccess.get());
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("A keyset has numbers that Tink does not know", e);
        }
    }

    private static byte[] decode(String base64) throws GeneralSecurityException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("This is no base64", e);
        }
    }

    private static byte[] bound(String name, Kind kind) {
        return (kind + ":" + name).getBytes(StandardCharsets.UTF_8);
    }

    /** The class of the first cause, if there is any: messages may show anything. */
    private static String reason(GeneralSecurityException failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first == failure ? "" : " (" + first.getClass().getSimpleName() + ")";
    }
}
