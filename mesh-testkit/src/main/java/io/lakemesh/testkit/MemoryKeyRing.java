package io.lakemesh.testkit;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key ring that forgets its keys with the process; the way back from what it made is a map. */
public final class MemoryKeyRing implements KeyRing {
    private static final int BYTES = 16;

    private final Map<String, List<SecretKeySpec>> names = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final AtomicLong rows = new AtomicLong();

    @Override
    public Protector protector(String name, Kind kind) {
        return new Hmac(name, List.copyOf(keys(name)), kind);
    }

    @Override
    public UnaryOperator<String> revealer(String name, Kind kind, String column) {
        int newest = keys(name).size();
        return stored -> {
            String text = texts.get(known(name, kind, column, stored));
            if (text != null) {
                return text;
            }
            if (stored.matches("k[1-9][0-9]*:.+")
                    && Integer.parseInt(stored.substring(1, stored.indexOf(':'))) > newest) {
                throw new InvalidInputException("Cannot reveal " + column + ": a key of '" + name + "' is missing");
            }
            throw new IntegrityException("Cannot reveal " + column);
        };
    }

    private static String known(String name, Kind kind, String column, String stored) {
        return String.join(":", name, kind.toString(), kind.isDeterministic() ? "" : column, stored);
    }

    private List<SecretKeySpec> keys(String name) {
        List<SecretKeySpec> keys = names.get(name);
        if (keys == null) {
            throw new InvalidInputException("Cannot find a key of '" + name + "'");
        }
        return keys;
    }

    @Override
    public String create(String name) {
        if (names.putIfAbsent(name, List.of(random())) != null) {
            throw new InvalidInputException("Cannot create keys of '" + name + "': it has them");
        }
        return "k1";
    }

    @Override
    public String rotate(String name) {
        List<SecretKeySpec> keys = names.computeIfPresent(name, (unused, known) -> {
            List<SecretKeySpec> more = new ArrayList<>(known);
            more.add(random());
            return more;
        });
        if (keys == null) {
            throw new InvalidInputException("Cannot rotate the keys of '" + name + "': it has none");
        }
        return "k" + keys.size();
    }

    private static SecretKeySpec random() {
        byte[] bytes = new byte[2 * BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private final class Hmac implements Protector {
        private final String name;
        private final List<SecretKeySpec> keys;
        private final Kind kind;

        Hmac(String name, List<SecretKeySpec> keys, Kind kind) {
            this.name = name;
            this.keys = keys;
            this.kind = kind;
        }

        @Override
        public UnaryOperator<String> maker(String column) {
            return text -> make(keys.size(), column, text);
        }

        private String make(int number, String column, String text) {
            long row = kind.isDeterministic() ? 0 : rows.incrementAndGet();
            String stored = "k" + number + ":" + encoded(number, row + ":" + kind + ":" + text, content(text));
            if (kind.isReversible()) {
                texts.put(known(name, kind, column, stored), text);
            }
            return stored;
        }

        /** As long as what real keys make. */
        private int content(String text) {
            return (kind.longest(0) - "k999999:".length()) * 3 / 4
                    + (kind.isReversible() ? text.getBytes(StandardCharsets.UTF_8).length : 0);
        }

        private String encoded(int number, String text, int length) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(keys.get(number - 1));
                ByteBuffer bytes = ByteBuffer.allocate(length);
                byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    bytes.put(Arrays.copyOf(digest, Math.min(digest.length, bytes.remaining())));
                }
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Cannot find HmacSHA256 in this Java", e);
            }
        }

        @Override
        public List<String> candidates(String text) {
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> make(keys.size() - i, "", text))
                    .toList();
        }

        @Override
        public boolean isCurrent(String stored) {
            return stored.startsWith("k" + keys.size() + ":");
        }

        @Override
        public String toString() {
            return "Hmac[" + kind + ", " + keys.size() + " keys]";
        }
    }
}
