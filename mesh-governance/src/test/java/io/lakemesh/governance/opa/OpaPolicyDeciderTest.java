package io.lakemesh.governance.opa;

import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.Field;
import io.lakemesh.testkit.PolicyDeciderContractTest;
import io.lakemesh.testkit.server.OpaServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
class OpaPolicyDeciderTest extends PolicyDeciderContractTest {
    private OpaServer opa;

    @BeforeEach
    void start() {
        opa = OpaServer.start();
    }

    @AfterEach
    void stop() {
        opa.close();
    }

    @Override
    protected PolicyDecider decider(TablePolicy... policies) {
        Duration timeout = Duration.ofSeconds(5);
        new OpaPush(opa.url(), timeout).push(OpaBundle.build(governed(policies), List.of("lake"), List.of()));
        return new OpaPolicyDecider(opa.url(), timeout);
    }

    static List<GovernedTable> governed(TablePolicy... policies) {
        return Stream.of(policies)
                .map(policy -> new GovernedTable(
                        policy, policy.schema().fields().stream().collect(Collectors.toMap(Field::name, Field::id))))
                .toList();
    }
}
