package io.lakemesh.governance.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import io.lakemesh.testkit.KeyRingContractTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(keys).hasSize(2);
            for (Path key : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void needsNoOtherDomainsFile() throws IOException {
        ring().create("police");
        ring().create("health");
        String standIn = ring().protector("police").protect(Keyed.TOKENIZE, "x");
        Files.delete(folder().resolve("health.json"));
        assertThat(ring().protector("police").protect(Keyed.TOKENIZE, "x")).isEqualTo(standIn);
    }

    /** HMAC as the JDK computes it, with the key that stands in the file: nobody needs Tink to recompute a stand-in. */
    @Test
    void isHmacSha256() throws Exception {
        ring().create("police");
        String json = Files.readString(folder().resolve("police.json"));
        byte[] proto = Base64.getDecoder().decode(field(json, "value"));
        byte[] key = Arrays.copyOfRange(proto, proto.length - 32, proto.length);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] digest = mac.doFinal("pseudonymize:Ada".getBytes(StandardCharsets.UTF_8));
        assertThat(ring().protector("police").protect(Keyed.PSEUDONYMIZE, "Ada"))
                .isEqualTo("k1:" + HexFormat.of().formatHex(digest, 0, 16));
    }

    private static String field(String json, String name) {
        Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        assertThat(value.find()).isTrue();
        return value.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"primaryKeyId\": 1}", "k1: SECRETSECRET", "[\"SECRETSECRET\""})
    void refusesAFileThatIsNoKeysetWithoutShowingIt(String content) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("police.json"), content);
        assertRefused();
    }

    @Test
    void refusesAKeysetThatIsCutOffOrNumberedOtherwise() throws IOException {
        ring().create("police");
        Path file = folder().resolve("police.json");
        String json = Files.readString(file);
        Files.writeString(file, json.substring(0, json.length() - 20));
        assertRefused();
        Files.writeString(file, json.replaceAll("(?i)(\"(primary)?keyId\"\\s*:\\s*)1", "$11234567890"));
        assertRefused();
        Files.write(file, new byte[] {(byte) 0xff, 'S', 'E', 'C', 'R', 'E', 'T'});
        assertRefused();
        Files.writeString(file, json);
        assertThat(ring().protector("police").protect(Keyed.TOKENIZE, "x")).startsWith("k1:");
    }

    private void assertRefused() {
        List<Callable<?>> calls = List.of(() -> ring().protector("police"), () -> ring().rotate("police"));
        for (Callable<?> call : calls) {
            assertThatThrownBy(call::call)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Cannot use the key of domain 'police': " + folder().resolve("police.json")
                            + " is not what mesh keys wrote; put that file back, since no other key makes the same"
                            + " stand-ins")
                    .satisfies(failure -> {
                        StringWriter trace = new StringWriter();
                        failure.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).doesNotContain("SECRET");
                    });
        }
    }

    @Test
    void saysWhatToDoAboutAMissingKey() {
        assertThatThrownBy(() -> ring().protector("police"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot find a key of domain 'police': there is no "
                                + folder().resolve("police.json")
                                + "; get it from whoever made the domain's first key, or make it by: mesh keys create 'police'");
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
        assertThat(ring().protector("police").candidates(Keyed.TOKENIZE, "x"))
                .hasSize(13)
                .allMatch(standIn -> standIn.matches("k([1-9]|1[0-3]):[0-9a-f]{32}"));
    }

    @Test
    void tellsNoKeyInTextForm() throws IOException {
        ring().create("police");
        String secret = field(Files.readString(folder().resolve("police.json")), "value");
        Protector protector = ring().protector("police");
        assertThat(ring() + " " + protector).doesNotContain(secret).contains("KeysetProtector[1]");
    }
}
