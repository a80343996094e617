package io.lakemesh.governance.opa;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Node;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Open Policy Agent over REST. It names the role that decides, and the digest of the policy that it decided by; what the role
 * sees is then the policy's own word. Whatever is not a well-formed answer by the policy in force is a denial: out of reach, too
 * late, another status, undefined, malformed, an unknown field, another digest.
 */
public final class OpaPolicyDecider implements PolicyDecider {
    /** What the reason of a denial begins with that is no decision of the policy. */
    static final String NOT_GRANTED = "Open Policy Agent did not grant it: ";

    private static final List<String> RULE = List.of("decision", "native");
    private static final DocumentLimits LIMITS = new DocumentLimits(1 << 16, 8, 0, 1_000, 1 << 16);
    private static final Set<String> KEYS = Set.of("granted", "role", "digest", "reason");
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 10_000;

    private final OpaRules rules;
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
        this.rules = new OpaRules(url, timeout, LIMITS);
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
        try {
            Node question = OpaInput.about(subject, "SelectFromColumns", OpaInput.table(table.table()));
            return decision(rules.ask(RULE, question), subject, table, digest);
        } catch (NoAnswerException e) {
            return denied(String.valueOf(e.getMessage()));
        }
    }

    private static Decision decision(Optional<Node> answer, Subject subject, TablePolicy table, String digest) {
        if (!(answer.orElse(null) instanceof Node.Mapping result)) {
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
                .orElseGet(() -> denied("it names a role that the policy does not give the subject for its purpose"));
    }

    private static Decision denied(String reason) {
        return new Decision.Denied(NOT_GRANTED + reason);
    }

    @Override
    public void close() {
        rules.close();
    }
}
