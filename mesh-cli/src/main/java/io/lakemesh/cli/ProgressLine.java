package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.run.Progress;
import io.lakemesh.run.Query;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * One line on a terminal: what was done so far, how fast, time left as far as it can be known. It is gone when the work ends, and
 * nothing at all where nobody watches.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final String ERASE = "\r\u001b[2K";

    private final Screen screen;
    private final ProgressBar bar;
    private final Map<String, Long> rows = new HashMap<>();
    private boolean closed;

    ProgressLine(Screen screen, OptionalLong estimatedRows) {
        this(
                screen,
                new ProgressBarBuilder()
                        .setTaskName("reading")
                        .setInitialMax(estimatedRows.orElse(-1))
                        .setUnit(" rows", 1)
                        .showSpeed());
    }

    /** Of what Trino, or another engine, does for a query. */
    static ProgressLine ofQuery(Screen screen, Query query) {
        ProgressLine line = new ProgressLine(
                screen,
                new ProgressBarBuilder().setTaskName("query").setInitialMax(-1).setUnit("%", 1));
        query.onProgress(line::tell);
        return line;
    }

    private ProgressLine(Screen screen, ProgressBarBuilder builder) {
        this.screen = screen;
        this.bar = builder.setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, screen.width() - 1))
                .build();
    }

    private void draw(String line) {
        print(ERASE + line.strip());
    }

    private void print(String text) {
        if (screen.interactive()) {
            screen.err().print(text);
            screen.err().flush();
        }
    }

    private void tell(Query.State state) {
        bar.setExtraMessage(" %s, %,d rows read".formatted(state.phase().toLowerCase(Locale.ROOT), state.rows()));
        state.percent().ifPresent(percent -> {
            bar.maxHint(100);
            bar.stepTo((long) percent);
        });
    }

    @Override
    public void read(String object, long soFar) {
        rows.put(object, soFar);
        long all = rows.values().stream().mapToLong(Long::longValue).sum();
        if (bar.getMax() > 0 && all > bar.getMax()) {
            bar.maxHint(all);
        }
        bar.stepTo(all);
    }

    /** Leaves the terminal to what comes next. */
    void erase() {
        if (!closed) {
            closed = true;
            bar.close();
            print(ERASE);
        }
    }

    @Override
    public void close() {
        erase();
    }
}
