package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.TablePolicies;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Open Policy Agent that asks for signatures takes our bundles, and no others. */
class SignedBundleTest {
    private static final String SECRET = "a secret of HS256, 32 bytes or more";
    private static final Subject ADA = Subject.of("ada", "analysts");

    /** Names with everything that encoders write in ways of their own, and two whose order is another in UTF-16. */
    private static final List<String> NAMES = List.of(
            "b",
            "a<&>'\"\\/",
            "\b\f\n\r\t\u0001\u007f\u0085",
            "\u2028\u2029\ufeff\ufffd",
            "\ue000",
            "\ud83d\ude00",
            "é");

    private static final TableSchema SCHEMA = new TableSchema(
            IntStream.range(0, NAMES.size())
                    .mapToObj(i -> Field.optional(i + 1, NAMES.get(i), Primitive.STRING))
                    .toList(),
            List.of());

    @TempDir
    Path folder;

    private static TablePolicy policy(String group) {
        return TablePolicies.policy(
                SCHEMA,
                TablePolicies.grant(
                        SCHEMA,
                        "analyst\u2028",
                        List.of(group),
                        List.of(),
                        Map.of("b", Mask.parse("constant('\ue000\ud83d\ude00')"))));
    }

    private static OpaBundle bundle(String group) {
        return OpaBundle.build(OpaPolicyDeciderTest.governed(policy(group)), List.of("lake"), List.of());
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.equals("RS256") ? "RSA" : "EC");
            generator.initialize(algorithm.equals("RS256") ? 2048 : 256);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + type
                + "-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "HS256"})
    @Tag("server")
    void isTakenWhereItsKeyIsAskedForAndRefusedWhenAnythingIsChanged(String algorithm) throws IOException {
        String signing = SECRET;
        String verifying = SECRET;
        if (!algorithm.equals("HS256")) {
            KeyPair pair = pair(algorithm);
            signing = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
            verifying = pem("PUBLIC KEY", pair.getPublic().getEncoded());
        }
        BundleSigner signer = BundleSigner.of(algorithm, signing);
        OpaBundle signed = bundle("analysts").signed(signer);
        Path key = Files.writeString(folder.resolve("key"), verifying.strip());

        try (OpaServer opa = verifying(signed, algorithm, key);
                OpaPolicyDecider decider = new OpaPolicyDecider(opa.url(), Duration.ofSeconds(5))) {
            assertThat(decider.decide(ADA, policy("analysts"))).isInstanceOf(Decision.Granted.class);
        }
        Map<String, OpaBundle> changed = Map.of(
                "data.json", with(signed, "lakemesh/policy/data.json", bundle("others")),
                "manifest", with(signed, ".manifest", bundle("others")),
                "rego", with(signed, "lakemesh/decision.rego", "package lakemesh.decision\n"),
                "added", with(signed, "governance/more.rego", "package governance\nallow := true\n"),
                "signature", with(signed, ".signatures.json", bundle("others").signed(signer)),
                "unsigned", bundle("analysts"));
        changed.forEach((what, bundle) -> assertThatThrownBy(() -> verifying(bundle, algorithm, key))
                .as(what)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s).*(signature|digest|not included|unverified|verif).*"));
    }

    private static OpaBundle with(OpaBundle bundle, String name, OpaBundle other) {
        return bundle.with(name, Objects.requireNonNull(other.files().get(name)));
    }

    private static OpaBundle with(OpaBundle bundle, String name, String content) {
        return bundle.with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private OpaServer verifying(OpaBundle bundle, String algorithm, Path key) {
        try {
            Path file = Files.write(folder.resolve("bundle.tar.gz"), bundle.bytes());
            return OpaServer.start(
                    "--bundle", file.toString(), "--verification-key", key.toString(), "--signing-alg", algorithm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givesTheSameBytesByTheSameKey() {
        BundleSigner rsa = BundleSigner.of(
                "RS256", pem("PRIVATE KEY", pair("RS256").getPrivate().getEncoded()));
        for (BundleSigner signer : List.of(rsa, BundleSigner.of("HS256", SECRET))) {
            assertThat(bundle("analysts").signed(signer).bytes())
                    .isEqualTo(bundle("analysts").signed(signer).bytes())
                    .isNotEqualTo(bundle("others").signed(signer).bytes())
                    .isNotEqualTo(bundle("analysts").bytes());
        }
    }

    @Test
    void refusesAKeyThatIsNone() {
        Map<String, String> keys = new HashMap<>(Map.of("HS256", "short", "none", SECRET));
        String rsa = pem("PRIVATE KEY", pair("RS256").getPrivate().getEncoded());
        keys.put("ES256", rsa);
        keys.put("RS256", "secret-secret-secret-secret-secret");
        keys.forEach((algorithm, key) -> assertThatThrownBy(() -> BundleSigner.of(algorithm, key))
                .as(algorithm)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Invalid policy.signing-")
                .hasMessageNotContaining(key)
                .hasNoCause());
    }
}
