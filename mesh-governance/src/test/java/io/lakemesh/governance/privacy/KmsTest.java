package io.lakemesh.governance.privacy;

import static io.lakemesh.governance.privacy.KeyFiles.assertRefused;
import static io.lakemesh.governance.privacy.KeyFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.KeyRingContractTest;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key files that are encrypted by a key management service. */
class KmsTest extends KeyRingContractTest {
    private static final String CONTRACT =
            """
                properties:
                  - name: person
                    logicalType: string
                    customProperties: [{ property: lakemesh.protection, value: pseudonymize }]
                  - name: phone
                    logicalType: string
                    customProperties: [{ property: lakemesh.protection, value: encrypt }]
                  - name: mail
                    logicalType: string
                    customProperties: [{ property: lakemesh.protection, value: encrypt }]
            """;

    private final String uri = "test-kms://" + UUID.randomUUID();
    private Path home;
    private KeyFiles files;

    @BeforeEach
    void open(@TempDir Path folder) {
        home = folder;
        files = new KeyFiles(folder);
    }

    @Override
    protected KeyRing ring() {
        return files.ring("kms", uri);
    }

    @Test
    void isAskedOnceForEachKeysetThatIsUsed() {
        ring().create("police");
        KeyRing ring = ring();
        assertThat(TestKms.opened(uri)).isZero();
        token(ring, "police");
        assertThat(TestKms.opened(uri)).isEqualTo(1);
        ring.rotate("police");
        assertThat(TestKms.opened(uri)).isEqualTo(4);
        assertThat(TestKms.clients(uri)).isEqualTo(2);
    }

    @Test
    void isNotAskedForEachRowThatIsPublished() {
        try (Mesh mesh = Mesh.open(
                ProductFiles.write(home.resolve("mesh.yaml"), "keys: { location: keys, kms: \"" + uri + "\" }\n"))) {
            mesh.keys().create("police");
            Path product = ProductFiles.describe(
                    home.resolve("people"), "police", "people", "1.0.0", Map.of("people", CONTRACT));
            String rows = IntStream.range(0, 3000)
                    .mapToObj(i -> "p" + i + "," + i + ",m" + i + "\n")
                    .collect(Collectors.joining());
            Path input = ProductFiles.write(home.resolve("people.csv"), "person,phone,mail\n" + rows);
            assertThat(mesh.product(product).publish().input(input).run().outcome())
                    .isEqualTo(PublishResult.Outcome.PUBLISHED);
        }
        assertThat(TestKms.opened(uri)).isEqualTo(2);
    }

    @Test
    void opensNoFileThatAnotherKeyEncrypted() {
        ring().create("police");
        assertRefused(
                () -> token(files.ring("kms", uri + "-other"), "police"),
                InvalidInputException.class,
                "Cannot use the keys of 'police': keys.kms did not open " + files.file("police")
                        + ": they were encrypted with another key or for another name, were changed,"
                        + " or the key is refused to whoever asks");
    }

    @Test
    void saysThatAKeyIsRefused() {
        ring().create("police");
        assertRefused(
                () -> token(files.ring("kms", TestKms.REFUSES), "police"),
                InvalidInputException.class,
                "Cannot use the keys of 'police': keys.kms did not open " + files.file("police")
                        + " (IllegalStateException): they were encrypted with another key or for another name, were"
                        + " changed, or the key is refused to whoever asks");
        assertRefused(
                () -> files.ring("kms", TestKms.REFUSES).create("health"),
                InvalidInputException.class,
                "Cannot encrypt keys of 'health' with keys.kms (IllegalStateException)");
        assertThat(files.file("health")).doesNotExist();
    }

    static Set<String> outOfReach() {
        return TestKms.OUT_OF_REACH.keySet();
    }

    @ParameterizedTest
    @MethodSource("outOfReach")
    void saysThatTheServiceIsOutOfReach(String service) {
        ring().create("police");
        Throwable cause = Throwables.getRootCause(TestKms.OUT_OF_REACH.get(service));
        String message =
                "Cannot reach the KMS that keys.kms names (" + cause.getClass().getSimpleName() + "); try again later";
        KeyRing ring = files.ring("kms", service);
        assertRefused(() -> token(ring, "police"), UnavailableException.class, message);
        assertRefused(() -> ring.revealer("police", Kind.ENCRYPT, "c"), UnavailableException.class, message);
        assertRefused(() -> ring.rotate("police"), UnavailableException.class, message);
        assertRefused(() -> ring.create("health"), UnavailableException.class, message);
        assertThat(files.file("health")).doesNotExist();
    }

    @Test
    void saysThatNoClientIsThere() {
        ring().create("police");
        assertRefused(
                () -> token(files.ring("kms", "aws-kms://SECRET"), "police"),
                InvalidInputException.class,
                "Cannot find a client of the KMS that keys.kms names: expected one for Tink on the class path, such as"
                        + " tink-awskms or tink-gcpkms");
    }
}
