package io.lakemesh.governance.privacy;

import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import java.security.GeneralSecurityException;

/** What Tink has to be told of before it reads or makes a keyset. */
final class TinkPrimitives {
    private TinkPrimitives() {}

    /** Tells it of the kinds of keys that are used here; further calls do nothing. */
    static void register() {
        try {
            PrfConfig.register();
            DeterministicAeadConfig.register();
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot set up Tink", e);
        }
    }
}
