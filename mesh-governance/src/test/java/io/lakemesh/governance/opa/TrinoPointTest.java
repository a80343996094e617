package io.lakemesh.governance.opa;

import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policytest.EnforcementPoint;
import io.lakemesh.testkit.PolicyDeciderContractTest;
import io.lakemesh.testkit.server.OpaServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** What is read from OPA's answers to Trino is what the policy decides. */
@Tag("server")
class TrinoPointTest extends PolicyDeciderContractTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private OpaServer opa;
    private OpaPoints points;

    @BeforeEach
    void start() {
        opa = OpaServer.start();
        points = new OpaPoints(opa.url(), TIMEOUT);
    }

    @AfterEach
    void stop() {
        points.close();
        opa.close();
    }

    @Override
    protected PolicyDecider decider(TablePolicy... policies) {
        new OpaPush(opa.url(), TIMEOUT)
                .push(OpaBundle.build(OpaPolicyDeciderTest.governed(policies), List.of("sea"), List.of()));
        EnforcementPoint trino = points.trino("sea");
        return trino::decide;
    }
}
