package io.lakemesh.iceberg.mesh;

import io.lakemesh.testkit.canary.Traces;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What people are told while it is open: every line of every log, and what a test adds. */
final class Told implements AutoCloseable {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        private final SimpleFormatter format = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            texts.add(format.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    Told() {
        Logger.getLogger("").addHandler(log);
        Logger.getLogger("").setLevel(Level.ALL);
        log.setLevel(Level.ALL);
    }

    <T> T add(T result) {
        texts.add(result.toString());
        return result;
    }

    /** A failure with its causes. */
    void addFailure(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        texts.add(trace.toString());
    }

    List<String> telling(Traces traces) {
        return texts.stream().filter(traces::isIn).toList();
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(log);
        Logger.getLogger("").setLevel(Level.INFO);
    }
}
