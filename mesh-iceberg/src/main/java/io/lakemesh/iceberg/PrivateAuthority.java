package io.lakemesh.iceberg;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.iceberg.rest.auth.TLSConfigurer;
import org.jspecify.annotations.Nullable;

/** Trusts the certificates of a PEM file, and no others. Iceberg's REST client makes one of these by its name. */
public final class PrivateAuthority implements TLSConfigurer {
    /** The catalog's property with the file. */
    static final String FILE = "lakemesh.catalog.ca";

    private @Nullable SSLContext context;

    /** Made by Iceberg, by reflection. */
    public PrivateAuthority() {}

    @Override
    public void initialize(Map<String, String> properties) {
        context = context(Path.of(properties.getOrDefault(FILE, "")));
    }

    @Override
    public @Nullable SSLContext sslContext() {
        return context;
    }

    static SSLContext context(Path file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(file), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException("Cannot use " + file + " as certificate authority: Java refuses it", e);
        }
    }

    static TrustManager[] trust(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                keys.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new GeneralSecurityException("no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(keys);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidInputException(
                    "Cannot use " + file + " as certificate authority: expected a readable file of PEM certificates",
                    e);
        }
    }
}
