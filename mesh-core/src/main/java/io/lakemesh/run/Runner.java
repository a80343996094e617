package io.lakemesh.run;

import io.lakemesh.check.QualityEngine;
import io.lakemesh.protect.KeyRing;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Runs products: source, conform, check, protect, stage, gate, publish.
 *
 * <p>A refused run changes nothing that a reader of the table sees; its bad rows and its report are kept. A run id publishes once:
 * a run that was killed can be repeated under the same id. Safe for use by many threads.
 *
 * @param identity who publishes, for the provenance
 * @param engines quality engines by name
 * @param keys for columns that are protected under a key
 * @param witness is told of each release before it is committed
 */
public record Runner(
        Lakehouse lakehouse,
        Clock clock,
        String identity,
        Map<String, QualityEngine> engines,
        KeyRing keys,
        Witness witness) {
    public Runner {
        engines = Map.copyOf(engines);
    }

    /** Without keys and without a witness. */
    public Runner(Lakehouse lakehouse, Clock clock, String identity, Map<String, QualityEngine> engines) {
        this(lakehouse, clock, identity, engines, KeyRing.NONE, Witness.NONE);
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
     * @throws io.lakemesh.error.InvalidInputException if an input cannot be read, the contract does not follow from the published
     *     one, or a key is missing: then nothing was written
     * @throws io.lakemesh.error.ConflictException if other publishers were faster until the deadline
     */
    public PublishResult publish(RunRequest request, Progress progress) {
        try (Attempt attempt = new Attempt(this, request)) {
            Optional<PublishResult> earlier = request.givenRunId().flatMap(attempt::published);
            return earlier.isPresent() ? earlier.get() : attempt.publish(progress);
        }
    }
}
