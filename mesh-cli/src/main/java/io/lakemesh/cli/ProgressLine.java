package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.run.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line on a terminal: rows so far, rows a second, time left as far as it can be known. It is gone when the run ends. */
final class ProgressLine implements Progress, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final String ERASE = "\r\u001b[2K";

    private final Screen screen;
    private final ProgressBar bar;
    private final Map<String, Long> rows = new HashMap<>();

    ProgressLine(Screen screen, OptionalLong estimatedRows) {
        this.screen = screen;
        this.bar = new ProgressBarBuilder()
                .setTaskName("reading")
                .setInitialMax(estimatedRows.orElse(-1))
                .setUnit(" rows", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, screen.width() - 1))
                .build();
    }

    private void draw(String line) {
        screen.err().print(ERASE + line.strip());
        screen.err().flush();
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

    @Override
    public void close() {
        bar.close();
        screen.err().print(ERASE);
        screen.err().flush();
    }
}
