package io.lakemesh.health;

import io.lakemesh.error.MeshException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of looking at one service, in order; after one that fails, the later ones are not taken. Not thread-safe. */
public final class Examination {
    /** Signed requests are refused from about five minutes on; times in reports mislead long before. */
    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

    private final String service;
    private final List<Finding> findings = new ArrayList<>();

    public Examination(String service) {
        this.service = service;
    }

    /**
     * Takes a step.
     *
     * @param look what was found; a {@link MeshException} says what is wrong
     */
    public Examination step(String name, Supplier<String> look) {
        if (findings.stream().allMatch(Finding::well)) {
            findings.add(find(service + " " + name, look));
        }
        return this;
    }

    /** Compares the service's clock with this machine's, if it tells the time. */
    public Examination clock(Supplier<Optional<Instant>> clock) {
        return step(
                "clock",
                () -> clock.get().map(theirs -> skew(theirs, Instant.now())).orElse("it does not tell the time"));
    }

    private String skew(Instant theirs, Instant ours) {
        Duration ahead = Duration.between(ours, theirs);
        String by =
                "%d s %s this machine's".formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
        if (ahead.abs().compareTo(TOLERATED_SKEW) > 0) {
            throw new MeshException("Its clock is " + by + ": set both by NTP");
        }
        return by;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Looks at one thing. */
    public static Finding find(String subject, Supplier<String> look) {
        try {
            return new Finding(subject, true, look.get());
        } catch (MeshException e) {
            return new Finding(subject, false, String.valueOf(e.getMessage()));
        }
    }
}
