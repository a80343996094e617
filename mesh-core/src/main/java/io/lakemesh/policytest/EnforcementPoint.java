package io.lakemesh.policytest;

import io.lakemesh.policy.Decision;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;

/** A place where the policy is enforced. */
public interface EnforcementPoint {
    /** The policy as this process decides by it. */
    EnforcementPoint EMBEDDED = of("embedded", PolicyDecider.EMBEDDED);

    /** What people call it. */
    String name();

    /**
     * What a subject sees there.
     *
     * @throws io.lakemesh.error.MeshException if that cannot be told: it is out of reach, holds another policy, or enforces what no
     *     role of this one says. Not a denial, or a test that expects one would pass for the wrong reason.
     */
    Decision decide(Subject subject, TablePolicy table);

    /** A decision point that never fails. */
    static EnforcementPoint of(String name, PolicyDecider decider) {
        return new EnforcementPoint() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Decision decide(Subject subject, TablePolicy table) {
                return decider.decide(subject, table);
            }
        };
    }
}
