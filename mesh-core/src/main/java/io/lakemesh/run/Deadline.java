package io.lakemesh.run;

import io.lakemesh.error.ConflictException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Bounds what a publish does once its rows have been read: all of its tries upon tables that others write as well. Not
 * thread-safe.
 */
public final class Deadline {
    private static final Duration PUBLISH = Duration.ofSeconds(60);
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Clock clock;
    private final Instant end;
    private int tries = 1;

    private Deadline(Clock clock) {
        this.clock = clock;
        this.end = clock.instant().plus(PUBLISH);
    }

    public static Deadline start(Clock clock) {
        return new Deadline(clock);
    }

    /**
     * Waits before the next try: for a random time of an interval that doubles, so that publishers that met once do not meet again.
     *
     * @return whether there is time for another try; it has not waited if not
     * @throws ConflictException if the thread is interrupted
     */
    public boolean pause() {
        if (isOver()) {
            return false;
        }
        long longest = Math.min(LONGEST_PAUSE_MILLIS, 20L << Math.min(tries++, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConflictException("Cannot publish: interrupted while waiting for another publisher", e);
        }
        return true;
    }

    /** The conflict that the last try met, as what ends the publish. */
    public ConflictException exceeded(ConflictException last) {
        return new ConflictException(last.getMessage() + " (" + tries + " tries in " + seconds() + " s)", last);
    }

    boolean isOver() {
        return clock.instant().isAfter(end);
    }

    static long seconds() {
        return PUBLISH.toSeconds();
    }
}
