package io.lakemesh.health;

import java.util.List;
import java.util.Map;

/** Looks at one service by harmless, real operations. Adapters register theirs for {@link java.util.ServiceLoader}. */
public interface HealthCheck {
    /**
     * Looks at the service. Never throws for what is wrong with it: that is a finding.
     *
     * @param sections the sections of {@code mesh.yaml} with secrets in the place of references
     * @return what was found, step by step; empty if the service is not configured
     */
    List<Finding> check(Map<String, Map<String, String>> sections);
}
