package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowEstimateTest {
    @TempDir
    Path folder;

    @Test
    void guessesFromTheFirstLines() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "id,name\n" + "12345,abcdefgh\n".repeat(100_000));

        assertThat(RowEstimate.of(List.of(file.toString(), file.toString())).orElseThrow())
                .isBetween(180_000L, 240_000L);
    }

    @Test
    void doesNotGuessWhatItCannotSee() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "id\n");

        assertThat(RowEstimate.of(List.of(file.toString(), folder.toString()))).isEmpty();
        assertThat(RowEstimate.of(List.of(folder.resolve("*.csv").toString()))).isEmpty();
        assertThat(RowEstimate.of(List.of("a.csv.gz"))).isEmpty();
        assertThat(RowEstimate.of(List.of("no\u0000such.csv"))).isEmpty();
    }
}
