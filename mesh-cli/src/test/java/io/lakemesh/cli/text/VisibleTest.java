package io.lakemesh.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTest {
    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(Visible.of("naïve \"Zürich\" 東京 🚓 é")).isEqualTo("naïve \"Zürich\" 東京 🚓 é");
    }

    @Test
    void escapesWhatSteersATerminal() {
        assertThat(Visible.of("a\u001b[2Jb\r\n\tc\u0007\u009bd\u007f"))
                .isEqualTo("a\\u001b[2Jb\\r\\n\\tc\\u0007\\u009bd\\u007f");
    }

    @Test
    void escapesWhatReordersOrHidesText() {
        assertThat(Visible.of("x\u202ey\u2066z\u200b\u2028\ud800!"))
                .isEqualTo("x\\u202ey\\u2066z\\u200b\\u2028\\ud800!");
        assertThat(Visible.of(new StringBuilder().appendCodePoint(0xe0001).toString()))
                .isEqualTo("\\u{e0001}");
    }

    @Test
    void keepsTheLinesOfAMessage() {
        assertThat(Visible.lines("one\n\ttwo\u001b")).isEqualTo("one\n\ttwo\\u001b");
    }
}
