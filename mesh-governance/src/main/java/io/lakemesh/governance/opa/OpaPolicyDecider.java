package io.lakemesh.governance.opa;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Asks Open Policy Agent over REST. It names the role that decides, and the digest of the policy that it decided by; what the role
 * sees is then the policy's own word. Whatever is not a well-formed answer by the policy in force is a denial: out of reach, too
 * late, another status, undefined, malformed, an unknown field, another digest.
 */
public final class OpaPolicyDecider implements PolicyDecider {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final DocumentLimits LIMITS = new DocumentLimits(1 << 16, 8, 0, 1_000, 1 << 16);
    private static final Set<String> KEYS = Set.of("granted", "role", "digest", "reason");
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 10_000;

    private final HttpUrl question;
    private final OkHttpClient client;
    private final Cache<Question, Decision> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();

    /** By the digest of the policy, too, so that a change of it is a new question. */
    private record Question(Subject subject, String table, String digest) {}

    /**
     * Asks the OPA at an address.
     *
     * @param timeout of a whole call
     */
    public OpaPolicyDecider(String url, Duration timeout) {
        this.question = OpaAddress.of(url)
                .addPathSegments("v1/data/lakemesh/decision/native")
                .build();
        this.client = OpaAddress.client(timeout);
    }

    /** Answers that were granted are kept for five seconds; denials are asked again. */
    @Override
    public Decision decide(Subject subject, TablePolicy table) {
        Question asked = new Question(subject, table.table().toString(), table.digest());
        Decision earlier = known.getIfPresent(asked);
        if (earlier != null) {
            return earlier;
        }
        Decision decision = ask(subject, table, asked.digest());
        if (decision instanceof Decision.Granted) {
            known.put(asked, decision);
        }
        return decision;
    }

    private Decision ask(Subject subject, TablePolicy table, String digest) {
        Request request = new Request.Builder()
                .url(question)
                .post(RequestBody.create(Json.writeCompact(input(subject, table)), JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                return denied("it answered with status " + response.code());
            }
            return decision(answer(response), subject, table, digest);
        } catch (IOException e) {
            return denied("it cannot be reached in time (" + e.getClass().getSimpleName() + ")");
        } catch (InvalidInputException e) {
            return denied("its answer is not well-formed");
        }
    }

    private static Node.Mapping input(Subject subject, TablePolicy table) {
        Node identity = Node.mapping()
                .put("user", subject.user())
                .put("groups", subject.groups())
                .build();
        Node resource = Node.mapping()
                .put(
                        "table",
                        Node.mapping()
                                .put("schemaName", table.table().namespace())
                                .put("tableName", table.table().name())
                                .build())
                .build();
        return Node.mapping()
                .put(
                        "input",
                        Node.mapping()
                                .put(
                                        "context",
                                        Node.mapping().put("identity", identity).build())
                                .put(
                                        "action",
                                        Node.mapping()
                                                .put("operation", "SelectFromColumns")
                                                .put("resource", resource)
                                                .build())
                                .build())
                .build();
    }

    private static Node answer(Response response) throws IOException {
        BufferedSource source = Objects.requireNonNull(response.body()).source();
        if (source.request(LIMITS.bytes() + 1L)) {
            throw new InvalidInputException("the answer is too long");
        }
        Buffer whole = source.getBuffer();
        return Documents.parse("OPA's answer", whole.readUtf8(), LIMITS);
    }

    private static Decision decision(Node answer, Subject subject, TablePolicy table, String digest) {
        if (!(answer instanceof Node.Mapping mapping
                && mapping.entries().get("result") instanceof Node.Mapping result)) {
            return denied("its answer is undefined: is the mesh's bundle loaded?");
        }
        if (!KEYS.containsAll(result.entries().keySet())
                || !(result.entries().get("granted") instanceof Node.Scalar granted)
                || !(granted.value() instanceof Boolean)) {
            return denied("its answer is not one that is known here");
        }
        return Boolean.TRUE.equals(granted.value())
                ? granted(result, subject, table, digest)
                : new Decision.Denied(result.text("reason").orElse("Open Policy Agent denies it"));
    }

    private static Decision granted(Node.Mapping result, Subject subject, TablePolicy table, String digest) {
        if (!result.text("digest").equals(Optional.of(digest))) {
            return denied("it holds another revision of the policy; 'mesh policy push' brings it up to date");
        }
        return result.text("role")
                .flatMap(role -> table.decide(subject, role))
                .orElseGet(() -> denied("it names a role that the policy does not have"));
    }

    private static Decision denied(String reason) {
        return new Decision.Denied("Open Policy Agent did not grant it: " + reason);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
