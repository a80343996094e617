package io.lakemesh.governance.opa;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Node;
import io.lakemesh.error.MeshException;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policytest.EnforcementPoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The places that enforce what an Open Policy Agent says: our own reader, and Trino. */
public final class OpaPoints implements AutoCloseable {
    private static final DocumentLimits LIMITS = new DocumentLimits(4 << 20, 16, 0, 100_000, 4 << 20);

    private final OpaRules rules;
    private final OpaPolicyDecider decider;

    /**
     * Those of the OPA at an address.
     *
     * @param timeout of each call
     */
    public OpaPoints(String url, Duration timeout) {
        this.rules = new OpaRules(url, timeout, LIMITS);
        this.decider = new OpaPolicyDecider(url, timeout);
    }

    /** {@code opa}: our own reader, which asks OPA who decides. */
    public EnforcementPoint reader() {
        return EnforcementPoint.of("opa", (subject, table) -> {
            requirePolicy(table);
            Decision decision = decider.decide(subject, table);
            if (decision instanceof Decision.Denied denied
                    && denied.reason().startsWith(OpaPolicyDecider.NOT_GRANTED)) {
                throw new MeshException(denied.reason());
            }
            return decision;
        });
    }

    /**
     * {@code trino}: what OPA answers to Trino.
     *
     * @param catalog the name by which Trino knows the lakehouse
     */
    public EnforcementPoint trino(String catalog) {
        TrinoQuestions trino = new TrinoQuestions(rules, catalog);
        return EnforcementPoint.of("trino", (subject, table) -> {
            requirePolicy(table);
            return told(() -> trino.decide(subject, table));
        });
    }

    /** A denial by another policy, or by none, is none by this. */
    private void requirePolicy(TablePolicy table) {
        List<String> place = List.of(
                "policy", "tables", table.table().namespace(), table.table().name(), "digest");
        Optional<Node> digest = told(() -> rules.ask(place, Node.mapping().build()));
        if (!digest.equals(Optional.of(Node.of(table.digest())))) {
            throw new MeshException("Open Policy Agent holds " + (digest.isEmpty() ? "no" : "another revision of the")
                    + " policy of " + table.table() + "; 'mesh policy push' brings it up to date");
        }
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> T told(Question<T> question) {
        try {
            return question.ask();
        } catch (NoAnswerException e) {
            throw new MeshException("Open Policy Agent gave no answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        decider.close();
        rules.close();
    }
}
