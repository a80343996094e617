package io.lakemesh.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback address, signed by an authority that nobody knows but who is given its certificate.
 *
 * @param authority the authority's certificate
 * @param certificate the server's
 * @param key the server's private key
 */
record PrivateCertificates(Path authority, Path certificate, Path key) {
    private static final String PASSWORD = "of-tests";

    /** Makes them as PEM files in a folder, by the {@code keytool} of this Java. */
    static PrivateCertificates in(Path folder) {
        Path store = folder.resolve("certificates.p12");
        keytool(store, "authority", "-dname", "CN=Lakemesh tests", "-ext", "bc:c");
        keytool(
                store,
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-signer",
                "authority");
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Certificate authority = keys.getCertificate("authority");
            Certificate server = keys.getCertificate("server");
            Key key = keys.getKey("server", PASSWORD.toCharArray());
            return new PrivateCertificates(
                    pem(folder.resolve("authority.crt"), "CERTIFICATE", authority.getEncoded()),
                    pem(folder.resolve("public.crt"), "CERTIFICATE", server.getEncoded()),
                    pem(folder.resolve("private.key"), "PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make certificates in " + folder, e);
        }
    }

    /** A client that trusts the authority and nobody else. */
    HttpClient client() {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot trust " + authority, e);
        }
    }

    private static void keytool(Path store, String alias, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Commands.run(new ProcessBuilder(command));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + lines.encodeToString(content) + "\n-----END " + kind + "-----\n");
    }
}
