package io.lakemesh.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void quotesForShellsOnlyWhatNeedsIt() {
        assertThat(Words.shell("my-domain/orders@1")).isEqualTo("my-domain/orders@1");
        assertThat(Words.shell("x/a; touch pwned #")).isEqualTo("'x/a; touch pwned #'");
        assertThat(Words.shell("it's")).isEqualTo("'it'\\''s'");
        assertThat(Words.shell("--config")).isEqualTo("'--config'");
        assertThat(Words.shell("")).isEqualTo("''");
    }
}
