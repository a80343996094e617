package io.lakemesh.protect;

import java.nio.file.Path;
import java.util.Map;

/** Opens key rings. Adapters register one for {@link java.util.ServiceLoader}. */
public interface KeyRingProvider {
    /** What {@code provider} in the section {@code keys} of {@code mesh.yaml} calls it. */
    String name();

    /**
     * Opens a key ring. Nothing is read before the first question.
     *
     * @param settings the section's entries; what they hold is not shown
     * @param home where relative paths start
     * @throws io.lakemesh.error.InvalidInputException if a setting is missing or wrong
     */
    KeyRing open(Map<String, String> settings, Path home);
}
