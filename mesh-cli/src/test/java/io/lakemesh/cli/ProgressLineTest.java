package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    void showsHowFarAnEngineIsWithAQuery() {
        Telling query = new Telling();

        try (ProgressLine progress = ProgressLine.ofQuery(screen, query)) {
            query.listener.accept(new Query.State("QUEUED", OptionalDouble.empty(), 0));
            query.listener.accept(new Query.State("RUNNING", OptionalDouble.of(40.5), 1_234_567));
            progress.erase();
        }

        assertThat(err.toString())
                .contains("query", " 40%", "running, 1,234,567 rows read")
                .endsWith("\r\u001b[2K");
    }

    /** A query that only tells. */
    private static final class Telling implements Query {
        private Consumer<State> listener = state -> {};

        @Override
        public void onProgress(Consumer<State> wanted) {
            listener = wanted;
        }

        @Override
        public TableSchema schema() {
            return new TableSchema(List.of(), List.of());
        }

        @Override
        public @Nullable Row next() {
            return null;
        }

        @Override
        public OptionalLong changed() {
            return OptionalLong.empty();
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    @Test
    void showsRowsWithoutAGuess() {
        try (ProgressLine progress = new ProgressLine(screen, OptionalLong.empty())) {
            progress.read("orders", 30);
        }

        assertThat(err.toString()).contains("30/?");
    }
}
