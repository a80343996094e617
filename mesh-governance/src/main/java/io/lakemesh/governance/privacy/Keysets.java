package io.lakemesh.governance.privacy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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
        for (int number : functions(keyset).keySet()) {
            if (number < 1 || number > Math.min(MOST, keyset.getPrimary().getId())) {
                throw new GeneralSecurityException("The keys are not numbered up to the primary");
            }
        }
        return keyset;
    }

    /** What each key makes of bytes, by the key's number. */
    static NavigableMap<Integer, Prf> functions(KeysetHandle keyset) throws GeneralSecurityException {
        Map<Integer, Prf> functions =
                keyset.getPrimitive(RegistryConfiguration.get(), PrfSet.class).getPrfs();
        return new TreeMap<>(functions);
    }

    static String name(int number) {
        return "k" + number;
    }
}
