package io.lakemesh.governance.opa;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.provenance.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs bundles as Open Policy Agent verifies them: a JSON web signature (RFC 7515) over the SHA-256 of each file. HS256 and RS256 give
 * the same bytes for the same files, ES256 never.
 */
public final class BundleSigner {
    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST_SECRET = 32;
    private static final int CURVE_BITS = 256;

    private final String algorithm;
    private final Primitive primitive;

    @FunctionalInterface
    private interface Primitive {
        byte[] sign(byte[] content) throws GeneralSecurityException;
    }

    private BundleSigner(String algorithm, Primitive primitive) {
        this.algorithm = algorithm;
        this.primitive = primitive;
    }

    /**
     * A signer.
     *
     * @param algorithm {@code RS256}, {@code ES256} (P-256) or {@code HS256}
     * @param key a private key (PKCS#8) in PEM, for HS256 the secret itself
     * @throws InvalidInputException if the algorithm is another, or the key is none of it
     */
    public static BundleSigner of(String algorithm, String key) {
        return switch (algorithm) {
            case "HS256" -> new BundleSigner(algorithm, secret(key));
            case "RS256" -> new BundleSigner(algorithm, signature("SHA256withRSA", privateKey("RSA", key)));
            case "ES256" ->
                new BundleSigner(algorithm, signature("SHA256withECDSAinP1363Format", onCurve(privateKey("EC", key))));
            default ->
                throw new InvalidInputException("Invalid policy.signing-algorithm: expected RS256, ES256 or HS256");
        };
    }

    private static Primitive secret(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new InvalidInputException("Invalid policy.signing-key: a secret of HS256 has 32 bytes or more");
        }
        return content -> {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
            return mac.doFinal(content);
        };
    }

    private static Primitive signature(String name, PrivateKey key) {
        return content -> {
            Signature signature = Signature.getInstance(name);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        };
    }

    private static PrivateKey privateKey(String type, String pem) {
        try {
            String body =
                    pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance(type)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalidKey(type); // without the cause, which may show the key
        }
    }

    private static PrivateKey onCurve(PrivateKey key) {
        if (((ECKey) key).getParams().getCurve().getField().getFieldSize() != CURVE_BITS) {
            throw invalidKey("P-256");
        }
        return key;
    }

    private static InvalidInputException invalidKey(String type) {
        return new InvalidInputException(
                "Invalid policy.signing-key: expected a private key (" + type + ", PKCS#8) in PEM");
    }

    /** The file {@code .signatures.json} of a bundle's files. */
    byte[] sign(Map<String, byte[]> files) {
        List<Node> digests = new ArrayList<>();
        files.forEach((name, content) -> digests.add(Node.mapping()
                .put("name", name)
                .put("hash", Digests.of(content))
                .put("algorithm", "SHA-256")
                .build()));
        String content = encoded(Node.mapping().put("alg", algorithm).build()) + "."
                + encoded(Node.mapping().put("files", digests).build());
        String token = content + "." + encoded(signature(content));
        return CanonicalJson.write(
                Node.mapping().put("signatures", List.of(token)).build());
    }

    private byte[] signature(String content) {
        try {
            return primitive.sign(content.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new MeshException("Cannot sign the bundle by " + algorithm, e);
        }
    }

    private static String encoded(Node node) {
        return encoded(Json.writeCompact(node).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
