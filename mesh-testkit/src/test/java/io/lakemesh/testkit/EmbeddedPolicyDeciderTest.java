package io.lakemesh.testkit;

import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.TablePolicy;

class EmbeddedPolicyDeciderTest extends PolicyDeciderContractTest {
    @Override
    protected PolicyDecider decider(TablePolicy... policies) {
        return PolicyDecider.EMBEDDED;
    }
}
