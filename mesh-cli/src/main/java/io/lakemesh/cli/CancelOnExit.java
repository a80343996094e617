package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.run.Query;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Cancels a query when the process is told to end (Ctrl-C) while it is read. */
final class CancelOnExit {
    private static final int PATIENCE_SECONDS = 5;

    private final Query query;
    private final Screen screen;
    private final CountDownLatch unwound = new CountDownLatch(1);
    private final Thread hook = new Thread(this::cancel, "cancel-query");

    private CancelOnExit(Query query, Screen screen) {
        this.query = query;
        this.screen = screen;
    }

    static <T> T reading(Query query, Screen screen, Supplier<T> work) {
        return new CancelOnExit(query, screen).read(work);
    }

    private <T> T read(Supplier<T> work) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            unwound.countDown();
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // ending already, and the hook at work: this waits for its end
            System.exit(ExitCode.OUR_FAILURE);
        }
    }

    private void cancel() {
        query.cancel();
        try {
            unwound.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            screen.message("The query was cancelled");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
