package io.lakemesh.governance.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.HmacPrfKey;
import io.lakemesh.protect.Protector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Pseudonyms: the first 16 bytes of HMAC-SHA256 over a text in UTF-8. */
final class HmacProtector implements Protector {
    private static final int BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final NavigableMap<Integer, SecretKeySpec> keys = new TreeMap<>();

    HmacProtector(NavigableMap<Integer, KeysetHandle> keys) throws GeneralSecurityException {
        for (Map.Entry<Integer, KeysetHandle> key : keys.entrySet()) {
            this.keys.put(key.getKey(), key(key.getValue().getPrimary()));
        }
    }

    @AccessesPartialKey
    private static SecretKeySpec key(KeysetHandle.Entry entry) {
        return new SecretKeySpec(
                ((HmacPrfKey) entry.getKey()).getKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), ALGORITHM);
    }

    /** The same for every column. */
    @Override
    public UnaryOperator<String> maker(String column) {
        return maker(keys.lastKey());
    }

    private UnaryOperator<String> maker(int number) {
        byte[] prefix = StoredText.prefix(number);
        Mac mac = mac(Objects.requireNonNull(keys.get(number)));
        return text ->
                StoredText.text(prefix, Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), BYTES));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot find " + ALGORITHM + " in this Java", e);
        }
    }

    @Override
    public List<String> candidates(String text) {
        return keys.descendingKeySet().stream()
                .map(number -> maker(number).apply(text))
                .toList();
    }

    @Override
    public boolean isCurrent(String stored) {
        return StoredText.isUnder(keys.lastKey(), stored);
    }

    @Override
    public String toString() {
        return "HmacProtector[" + keys.keySet() + "]";
    }
}
