package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.text.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private final StringWriter err = new StringWriter();
    private final Screen screen =
            new Screen(new PrintWriter(new StringWriter()), new PrintWriter(err), false, true, 100);

    @Test
    void showsRowsOfAllObjectsAndLeavesNothing() {
        try (ProgressLine progress = new ProgressLine(screen, OptionalLong.of(1000))) {
            progress.read("orders", 300);
            progress.read("lines", 200);
        }

        assertThat(err.toString()).contains("reading", " 50%", "500/1000 rows").endsWith("\r\u001b[2K");
    }

    @Test
    void aGuessThatWasTooLowIsRaised() {
        try (ProgressLine progress = new ProgressLine(screen, OptionalLong.of(10))) {
            progress.read("orders", 30);
        }

        assertThat(err.toString()).contains("30/30 rows");
    }

    @Test
    void showsRowsWithoutAGuess() {
        try (ProgressLine progress = new ProgressLine(screen, OptionalLong.empty())) {
            progress.read("orders", 30);
        }

        assertThat(err.toString()).contains("30/?");
    }
}
