package io.lakemesh.governance.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import java.security.GeneralSecurityException;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

/** Tink's keysets of keys for HMAC-SHA256, numbered from 1; the primary is the newest. */
final class Keysets {
    private static final int MOST = 999_999;

    static {
        try {
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot set up Tink", e);
        }
    }

    private Keysets() {}

    static KeysetHandle first() throws GeneralSecurityException {
        return KeysetHandle.newBuilder().addEntry(entry(1)).build();
    }

    static KeysetHandle rotated(KeysetHandle known) throws GeneralSecurityException {
        return KeysetHandle.newBuilder(known)
                .addEntry(entry(known.getPrimary().getId() + 1))
                .build();
    }

    private static KeysetHandle.Builder.Entry entry(int number) {
        return KeysetHandle.generateEntryFromParameters(PredefinedPrfParameters.HMAC_SHA256_PRF)
                .withFixedId(number)
                .makePrimary();
    }

    static String write(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    static KeysetHandle read(String json) throws GeneralSecurityException {
        KeysetHandle keyset = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
        for (int number : keys(keyset).keySet()) {
            if (number < 1 || number > Math.min(MOST, keyset.getPrimary().getId())) {
                throw new GeneralSecurityException("The keys are not numbered up to the primary");
            }
        }
        return keyset;
    }

    /** The keys that are in use, by number. */
    static NavigableMap<Integer, SecretKeySpec> keys(KeysetHandle keyset) throws GeneralSecurityException {
        NavigableMap<Integer, SecretKeySpec> keys = new TreeMap<>();
        for (int i = 0; i < keyset.size(); i++) {
            KeysetHandle.Entry entry = keyset.getAt(i);
            if (entry.getStatus() == KeyStatus.ENABLED) {
                keys.put(entry.getId(), key(entry));
            }
        }
        return keys;
    }

    @AccessesPartialKey
    private static SecretKeySpec key(KeysetHandle.Entry entry) throws GeneralSecurityException {
        if (entry.getKey() instanceof HmacPrfKey key
                && key.getParameters().getHashType() == HmacPrfParameters.HashType.SHA256) {
            return new SecretKeySpec(key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), "HmacSHA256");
        }
        throw new GeneralSecurityException("A key is none for HMAC-SHA256");
    }

    static String name(int number) {
        return "k" + number;
    }
}
