package io.lakemesh.policy;

import java.util.Map;

/** Opens decision points outside this process. Adapters register one for {@link java.util.ServiceLoader}. */
public interface PolicyDeciderProvider {
    /** What {@code decider} in the section {@code policy} of {@code mesh.yaml} calls it. */
    String name();

    /**
     * Opens a decision point. Nothing is sent before the first question.
     *
     * @param settings the section's entries; what they hold is not shown
     * @throws io.lakemesh.error.InvalidInputException if a setting is missing or wrong
     */
    PolicyDecider open(Map<String, String> settings);
}
