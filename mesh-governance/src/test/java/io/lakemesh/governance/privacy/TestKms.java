package io.lakemesh.governance.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A key management service in the process: {@code test-kms://NAME} is a key of its own, made when it is first asked for. Some names
 * fail, as the clients of real services do.
 */
public final class TestKms implements KmsClient {
    static final String REFUSES = "test-kms://refuses";
    static final Map<String, Exception> OUT_OF_REACH = Map.of(
            "test-kms://is-down", new GeneralSecurityException("SECRET", new ConnectException("SECRET")),
            "test-kms://is-silent", new GeneralSecurityException("SECRET", new SocketTimeoutException("SECRET")),
            "test-kms://is-slow", new GeneralSecurityException(new IOException(new HttpTimeoutException("SECRET"))),
            "test-kms://is-unknown", new IllegalStateException("SECRET", new UnknownHostException("SECRET")));

    private static final String SCHEME = "test-kms://";
    private static final Map<String, Aead> KEYS = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> OPENED = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> CLIENTS = new ConcurrentHashMap<>();

    private final boolean signedIn;

    /** For {@link java.util.ServiceLoader}. */
    public TestKms() {
        this(false);
    }

    private TestKms(boolean signedIn) {
        this.signedIn = signedIn;
    }

    /** How often a key was asked to open something. */
    static int opened(String uri) {
        return count(OPENED, uri).get();
    }

    /** How many clients of a key there are. */
    static int clients(String uri) {
        return count(CLIENTS, uri).get();
    }

    private static AtomicInteger count(Map<String, AtomicInteger> counts, String uri) {
        return counts.computeIfAbsent(uri, unused -> new AtomicInteger());
    }

    @Override
    public boolean doesSupport(String uri) {
        return uri.startsWith(SCHEME);
    }

    @Override
    public KmsClient withCredentials(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return new TestKms(true);
    }

    @Override
    public Aead getAead(String uri) throws GeneralSecurityException {
        if (!signedIn) {
            throw new GeneralSecurityException("not signed in");
        }
        Aead key = KEYS.computeIfAbsent(uri, unused -> aead());
        count(CLIENTS, uri).incrementAndGet();
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
                fail(uri);
                return key.encrypt(plaintext, associatedData);
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
                count(OPENED, uri).incrementAndGet();
                fail(uri);
                return key.decrypt(ciphertext, associatedData);
            }
        };
    }

    private static void fail(String uri) throws GeneralSecurityException {
        Exception failure = OUT_OF_REACH.get(uri);
        if (failure instanceof GeneralSecurityException checked) {
            throw checked;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (uri.equals(REFUSES)) {
            throw new IllegalStateException("SECRET is not allowed to");
        }
    }

    private static Aead aead() {
        try {
            return KeysetHandle.generateNew(Keysets.gcm()).getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
