package io.lakemesh.testkit;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key ring that forgets its keys with the process. */
public final class MemoryKeyRing implements KeyRing {
    private static final int BYTES = 16;

    private final Map<String, List<SecretKeySpec>> domains = new ConcurrentHashMap<>();

    @Override
    public Protector protector(String domain) {
        List<SecretKeySpec> keys = domains.get(domain);
        if (keys == null) {
            throw new InvalidInputException("Cannot find a key of domain '" + domain + "'");
        }
        return new Hmac(List.copyOf(keys));
    }

    @Override
    public String create(String domain) {
        if (domains.putIfAbsent(domain, List.of(random())) != null) {
            throw new InvalidInputException("Cannot create a key of domain '" + domain + "': it has one");
        }
        return "k1";
    }

    @Override
    public String rotate(String domain) {
        List<SecretKeySpec> keys = domains.computeIfPresent(domain, (name, known) -> {
            List<SecretKeySpec> more = new ArrayList<>(known);
            more.add(random());
            return more;
        });
        if (keys == null) {
            throw new InvalidInputException("Cannot rotate the key of domain '" + domain + "': it has none");
        }
        return "k" + keys.size();
    }

    private static SecretKeySpec random() {
        byte[] bytes = new byte[2 * BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private record Hmac(List<SecretKeySpec> keys) implements Protector {
        @Override
        public String protect(Keyed kind, String text) {
            return protect(keys.size(), kind, text);
        }

        private String protect(int number, Keyed kind, String text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(keys.get(number - 1));
                byte[] digest = mac.doFinal((kind + ":" + text).getBytes(StandardCharsets.UTF_8));
                return "k" + number + ":" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Cannot find HmacSHA256 in this Java", e);
            }
        }

        @Override
        public List<String> candidates(Keyed kind, String text) {
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> protect(keys.size() - i, kind, text))
                    .toList();
        }

        @Override
        public boolean isCurrent(String standIn) {
            return standIn.startsWith("k" + keys.size() + ":");
        }

        @Override
        public String toString() {
            return "Hmac[" + keys.size() + " keys]";
        }
    }
}
