package io.lakemesh.run;

import io.lakemesh.check.QualityEngine;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Runs products: source, conform, check, stage, gate, publish.
 *
 * <p>A refused run changes nothing that a reader of the table sees; its bad rows and its report are kept. A run id publishes once:
 * a run that was killed can be repeated under the same id. Safe for use by many threads.
 *
 * @param identity who publishes, for the provenance
 * @param engines quality engines by name
 */
public record Runner(Lakehouse lakehouse, Clock clock, String identity, Map<String, QualityEngine> engines) {
    public Runner {
        engines = Map.copyOf(engines);
    }

    /** Does everything up to the gate and leaves nothing behind. */
    public PublishResult check(RunRequest request, Progress progress) {
        try (Attempt attempt = new Attempt(this, request)) {
            return attempt.check(progress);
        }
    }

    /**
     * Publishes a release, or says why not.
     *
     * @throws io.lakemesh.error.InvalidInputException if an input cannot be read, or the contract does not follow from the
     *     published one
     * @throws io.lakemesh.error.ConflictException if other publishers were faster until the deadline
     */
    public PublishResult publish(RunRequest request, Progress progress) {
        try (Attempt attempt = new Attempt(this, request)) {
            Optional<PublishResult> earlier = request.givenRunId().flatMap(attempt::published);
            return earlier.isPresent() ? earlier.get() : attempt.publish(progress);
        }
    }
}
