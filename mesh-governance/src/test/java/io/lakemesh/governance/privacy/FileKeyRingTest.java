package io.lakemesh.governance.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.prf.HmacPrfKey;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import io.lakemesh.testkit.KeyRingContractTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeyRingTest extends KeyRingContractTest {
    @TempDir
    Path home;

    private Path folder() {
        return home.resolve("keys");
    }

    @Override
    protected KeyRing ring() {
        return new FileKeyRingProvider().open(Map.of("location", "keys"), home);
    }

    @Test
    void needsALocation() {
        assertThatThrownBy(() -> new FileKeyRingProvider().open(Map.of(), home))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot find keys: mesh.yaml has no keys.location, a folder of key files");
    }

    @Test
    void keepsEachDomainsKeyInAFileOfItsOwnThatOnlyItsOwnerReads() throws IOException {
        ring().create("police/../north");
        ring().create("h\u00e9alth");
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> keys =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(keys).hasSize(2);
            for (Path key : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .isEqualTo("rw-------");
            }
        }
    }

    private static String token(KeyRing ring) {
        return ring.protector("police", Kind.TOKENIZE).maker("").apply("x");
    }

    @Test
    void needsNoOtherDomainsFile() throws IOException {
        ring().create("police");
        ring().create("health");
        String token = token(ring());
        Files.delete(folder().resolve("health.yaml"));
        assertThat(token(ring())).isEqualTo(token);
    }

    /** HMAC as the JDK computes it, with the key that stands in the file: a stand-in can be recomputed without this library. */
    @Test
    void isHmacSha256() throws Exception {
        ring().create("police");
        HmacPrfKey key =
                (HmacPrfKey) TinkProtoKeysetFormat.parseKeyset(keyset("pseudonymize"), InsecureSecretKeyAccess.get())
                        .getPrimary()
                        .getKey();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), "HmacSHA256"));
        byte[] digest = mac.doFinal("Ada".getBytes(StandardCharsets.UTF_8));
        assertThat(ring().protector("police", Kind.PSEUDONYMIZE).maker("").apply("Ada"))
                .isEqualTo("k1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16)));
    }

    private byte[] keyset(String kind) {
        Node.Mapping document = (Node.Mapping) Documents.read(folder().resolve("police.yaml"));
        return Base64.getDecoder().decode(document.text(kind).orElseThrow());
    }

    /** Whoever reveals what another domain encrypted is given the keys for that, and none that makes or tells stand-ins. */
    @Test
    void revealsWithTheKeysForThatAlone() throws IOException {
        ring().create("police");
        String stored = ring().protector("police", Kind.ENCRYPT).maker("t.c").apply("Ada");
        Path file = folder().resolve("police.yaml");
        String all = Files.readString(file);
        Files.writeString(
                file,
                all.lines()
                        .filter(line -> line.startsWith("encrypt:"))
                        .findFirst()
                        .orElseThrow());
        assertThat(ring().revealer("police", Kind.ENCRYPT, "t.c").apply(stored)).isEqualTo("Ada");
        assertThatThrownBy(() -> token(ring()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot find a key of 'police' to tokenize: " + file
                        + " was made without; get it from whoever made it");
        assertThatThrownBy(() -> ring().rotate("police"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot rotate the keys of 'police': " + file
                        + " has not all of them; rotate where they were made");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "tokenize: SECRETSECRET",
                "tokenize: '!SECRET!'",
                "tokenize:",
                "secret: SECRETSECRET",
                "[\"SECRETSECRET\"",
                "- SECRETSECRET"
            })
    void refusesAFileThatHasNoKeysetsWithoutShowingIt(String content) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("police.yaml"), content);
        assertRefused();
    }

    @Test
    void refusesKeysetsThatAreCutOffSwappedOrOfDifferentAge() throws IOException {
        ring().create("police");
        Path file = folder().resolve("police.yaml");
        String first = Files.readString(file);
        ring().rotate("police");
        String second = Files.readString(file);
        Files.writeString(file, line(first, "tokenize:").substring(0, 100));
        assertRefused();
        Files.writeString(file, first.replace("tokenize:", "other:").replace("encrypt:", "tokenize:"));
        assertRefused();
        Files.writeString(
                file,
                first.replace("tokenize:", "x:")
                        .replace("encrypt:", "tokenize:")
                        .replace("x:", "encrypt:"));
        assertRefused();
        Files.write(file, new byte[] {(byte) 0xff, 'S', 'E', 'C', 'R', 'E', 'T'});
        assertRefused();
        Files.writeString(file, line(first, "tokenize:") + line(second, "encrypt:"));
        assertRefused(() -> ring().rotate("police"));
        Files.writeString(file, first);
        assertThat(token(ring())).startsWith("k1:");
    }

    @Test
    void refusesChangedBytesWithoutFailingOtherwise() throws IOException {
        ring().create("police");
        byte[] bytes = keyset("tokenize");
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 8;
            Files.writeString(
                    folder().resolve("police.yaml"),
                    "tokenize: " + Base64.getEncoder().encodeToString(bytes));
            bytes[i] ^= 8;
            try {
                assertThat(token(ring())).startsWith("k1:");
            } catch (InvalidInputException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    private static String line(String document, String kind) {
        return document.lines()
                        .filter(line -> line.startsWith(kind))
                        .findFirst()
                        .orElseThrow() + "\n";
    }

    private void assertRefused() {
        assertRefused(() -> token(ring()));
        assertRefused(() -> ring().rotate("police"));
    }

    private void assertRefused(ThrowingCallable call) {
        KeyFiles.assertRefused(
                call,
                InvalidInputException.class,
                "Cannot use the keys of 'police': " + folder().resolve("police.yaml")
                        + " is not what mesh keys wrote; put that back, since no other keys make the same stand-ins");
    }

    @Test
    void saysWhatToDoAboutMissingKeys() {
        assertThatThrownBy(() -> token(ring()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot find a key of 'police': there is no "
                        + folder().resolve("police.yaml")
                        + "; get it from whoever made the first keys, or make them by: mesh keys create 'police'");
    }

    @Test
    void losesNoKeyOfThoseThatRotateAtOnce() throws Exception {
        ring().create("police");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> rotated = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> ring().rotate("police")))
                    .toList();
            for (Future<String> each : rotated) {
                assertThat(each.get()).startsWith("k");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(ring().protector("police", Kind.TOKENIZE).candidates("x"))
                .hasSize(13)
                .allMatch(standIn -> standIn.matches("k([1-9]|1[0-3]):[A-Za-z0-9_-]{23}"));
    }

    @Test
    void tellsNoKeyInTextForm() {
        ring().create("police");
        for (Kind kind : Kind.values()) {
            String secret = Base64.getEncoder().encodeToString(keyset(kind.toString()));
            Protector protector = ring().protector("police", kind);
            assertThat(ring() + " " + protector)
                    .doesNotContain(secret)
                    .contains("Protector[")
                    .contains("[1]");
        }
    }
}
