package io.lakemesh.governance.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A key that stays in a key management service, which one of Tink's clients asks. The client is made at the first question. */
final class Kms implements Aead {
    private final String uri;
    private @Nullable Aead remote;

    private interface Question {
        byte[] ask(Aead key) throws GeneralSecurityException;
    }

    Kms(String uri) {
        this.uri = uri;
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        return answer(key -> key.encrypt(plaintext, associatedData));
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        return answer(key -> key.decrypt(ciphertext, associatedData));
    }

    private byte[] answer(Question question) throws GeneralSecurityException {
        try {
            return question.ask(remote());
        } catch (MeshException e) {
            throw e;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw failure(e);
        }
    }

    private synchronized Aead remote() throws GeneralSecurityException {
        Aead known = remote;
        if (known == null) {
            known = client().withDefaultCredentials().getAead(uri);
            remote = known;
        }
        return known;
    }

    private KmsClient client() {
        return ServiceLoader.load(KmsClient.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(client -> client.doesSupport(uri))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("Cannot find a client of the KMS that keys.kms names:"
                        + " expected one for Tink on the class path, such as tink-awskms or tink-gcpkms"));
    }

    /**
     * Clients throw {@link GeneralSecurityException} for whatever went wrong, and some of them their own libraries' exceptions. That
     * a service is out of reach shows only in its causes: the network is among them.
     */
    private static GeneralSecurityException failure(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOfTheNetwork(cause)) {
                // without the cause, which may show what was asked
                throw new UnavailableException("Cannot reach the KMS that keys.kms names ("
                        + cause.getClass().getSimpleName() + "); try again later");
            }
        }
        return failure instanceof GeneralSecurityException refusal ? refusal : new GeneralSecurityException(failure);
    }

    private static boolean isOfTheNetwork(Throwable failure) {
        return failure instanceof SocketException
                || failure instanceof UnknownHostException
                || failure instanceof InterruptedIOException
                || failure instanceof HttpTimeoutException;
    }
}
