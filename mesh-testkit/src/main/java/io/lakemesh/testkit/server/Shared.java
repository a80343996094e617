package io.lakemesh.testkit.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server for all tests of this JVM, started by the first that asks. One that failed to start is not tried again. */
final class Shared<T> {
    private final Supplier<T> start;
    private @Nullable Supplier<T> outcome;

    Shared(Supplier<T> start) {
        this.start = start;
    }

    synchronized T server() {
        if (outcome == null) {
            outcome = started();
        }
        return outcome.get();
    }

    private Supplier<T> started() {
        try {
            T server = start.get();
            return () -> server;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }
}
