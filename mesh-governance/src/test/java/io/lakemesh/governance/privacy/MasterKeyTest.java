package io.lakemesh.governance.privacy;

import static io.lakemesh.governance.privacy.KeyFiles.MASTER_KEY;
import static io.lakemesh.governance.privacy.KeyFiles.assertRefused;
import static io.lakemesh.governance.privacy.KeyFiles.token;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.testkit.KeyRingContractTest;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest extends KeyRingContractTest {
    private static final String ANOTHER_KEY = "YW5vdGhlci1rZXktdGhhdC1pcy1hcy1sb25nLWFzLWk=";

    private KeyFiles files;

    @BeforeEach
    void open(@TempDir Path home) {
        files = new KeyFiles(home);
    }

    @Override
    protected KeyRing ring() {
        return files.ring("master-key", MASTER_KEY);
    }

    private String refusal(String name) {
        return "Cannot use the keys of '" + name + "': keys.master-key did not open " + files.file(name)
                + ": they were encrypted with another key or for another name, were changed, or the"
                + " key is refused to whoever asks";
    }

    /** With Tink alone: the files don't need this library. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void encryptsEachKeysetForItsNameAndKind(Kind kind) throws Exception {
        ring().create("police");
        String kept = files.keyset("police", kind);
        assertThat(kept).startsWith("encrypted:");
        byte[] keyset = Base64.getDecoder().decode(kept.substring("encrypted:".length()));
        assertThatThrownBy(() -> TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get()))
                .isInstanceOf(Exception.class);
        byte[] bound = (kind + ":police").getBytes(US_ASCII);
        assertThat(TinkProtoKeysetFormat.parseEncryptedKeyset(keyset, Envelope.masterKey(MASTER_KEY), bound)
                        .getPrimary()
                        .getId())
                .isEqualTo(1);
    }

    @Test
    void opensNoFileThatAnotherKeyEncrypted() {
        ring().create("police");
        KeyRing other = files.ring("master-key", ANOTHER_KEY);
        assertRefused(() -> token(other, "police"), InvalidInputException.class, refusal("police"));
        assertRefused(() -> other.rotate("police"), InvalidInputException.class, refusal("police"));
        assertThat(token(ring(), "police")).startsWith("k1:");
    }

    @Test
    void opensNoOtherNamesFile() {
        ring().create("police");
        ring().create("health");
        String police = files.text("police");
        files.write("police", files.text("health"));
        files.write("health", police);
        for (String name : new String[] {"police", "health"}) {
            assertRefused(() -> token(ring(), name), InvalidInputException.class, refusal(name));
            assertRefused(() -> ring().rotate(name), InvalidInputException.class, refusal(name));
        }
    }

    @Test
    void opensNoOtherKindsKeyset() {
        ring().create("police");
        files.write("police", "tokenize: '" + files.keyset("police", Kind.ENCRYPT) + "'\n");
        assertRefused(() -> token(ring(), "police"), InvalidInputException.class, refusal("police"));
    }

    /** Some bytes, which Tink keeps for people, are not read: then the key is the same. */
    @Test
    void makesNothingElseWithChangedBytes() {
        ring().create("police");
        String token = token(ring(), "police");
        String kept = files.keyset("police", Kind.TOKENIZE).substring("encrypted:".length());
        byte[] bytes = Base64.getDecoder().decode(kept);
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            files.write("police", "tokenize: 'encrypted:" + Base64.getEncoder().encodeToString(bytes) + "'\n");
            bytes[i] ^= 1;
            try {
                assertThat(token(ring(), "police")).isEqualTo(token);
            } catch (InvalidInputException e) {
                assertThat(e)
                        .hasMessageStartingWith("Cannot use the keys of 'police': ")
                        .hasNoCause();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(120);
    }

    @Test
    void opensNoFileThatIsCutOff() {
        ring().create("police");
        String kept = files.keyset("police", Kind.TOKENIZE);
        for (int length : new int[] {0, "encrypted:".length(), kept.length() / 8 * 4 + 2, kept.length() - 8}) {
            files.write("police", "tokenize: '" + kept.substring(0, length) + "'\n");
            assertThatThrownBy(() -> token(ring(), "police"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Cannot use the keys of 'police': ")
                    .hasNoCause();
        }
    }

    @Test
    void takesNoKeysInTheClearWhereItHasAMasterKey() {
        files.ring().create("police");
        assertRefused(
                () -> token(ring(), "police"),
                InvalidInputException.class,
                "Cannot use the keys of 'police': " + files.file("police")
                        + " has them in the clear, and mesh.yaml has keys.master-key; encrypt that file, with new keys in"
                        + " it, by: mesh keys rotate 'police'");
    }

    @Test
    void takesNoEncryptedKeysWithoutAMasterKey() {
        ring().create("police");
        String message = "Cannot use the keys of 'police': " + files.file("police")
                + " has them encrypted, and mesh.yaml has neither keys.master-key nor keys.kms";
        assertRefused(() -> token(files.ring(), "police"), InvalidInputException.class, message);
        assertRefused(() -> files.ring().rotate("police"), InvalidInputException.class, message);
    }

    @Test
    void encryptsAClearFileByRotating() {
        files.ring().create("police");
        String old = token(files.ring(), "police");
        assertThat(ring().rotate("police")).isEqualTo("k2");
        assertThat(files.text("police").lines())
                .hasSize(3)
                .allMatch(line -> line.matches("[a-z]+: \"encrypted:[A-Za-z0-9+/=]+\""));
        assertThat(token(ring(), "police")).startsWith("k2:");
        assertThat(ring().revealer("police", Kind.TOKENIZE, "").apply(old)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void refusesAMasterKeyOfAnotherLength(int bytes) {
        String key = Base64.getEncoder()
                .encodeToString("SECRET".repeat(6).substring(0, bytes).getBytes(US_ASCII));
        assertNoMasterKey(key, "it has " + bytes + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET!",
                "U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU\n",
                "U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUk_-"
            })
    void refusesAMasterKeyThatIsNoBase64(String key) {
        assertNoMasterKey(key, "it is no base64");
    }

    private void assertNoMasterKey(String key, String problem) {
        assertThatThrownBy(() -> files.ring("master-key", key))
                .isInstanceOf(InvalidInputException.class)
                .hasNoCause()
                .hasMessage("Cannot use keys.master-key of mesh.yaml: " + problem
                        + ", expected 32 random bytes in base64, as of: openssl rand -base64 32");
    }

    @Test
    void takesOneKeyOnly() {
        assertRefused(
                () -> files.ring("master-key", "SECRET", "kms", "test-kms://SECRET"),
                InvalidInputException.class,
                "Cannot open keys: mesh.yaml has both keys.master-key and keys.kms; keep the one that the keys are"
                        + " encrypted with");
    }
}
