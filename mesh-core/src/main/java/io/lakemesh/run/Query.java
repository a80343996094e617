package io.lakemesh.run;

import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One statement on a {@link QueryEngine}, sent when its columns or its first row are asked for. Not thread-safe, but for
 * {@link #cancel}.
 *
 * <p>Failures are told apart as everywhere: a wrong statement is an {@code InvalidInputException}, a missing right an
 * {@code AccessDeniedException}, an engine that cannot be reached or fails an {@code UnavailableException}; with the engine's own
 * words.
 */
public interface Query extends AutoCloseable {
    /** How far the engine is; told while the statement runs. To be set before it is sent. */
    void onProgress(Consumer<State> listener);

    /** Its columns; none for a statement that gives no rows. Of columns of the same name the later ones are numbered. */
    TableSchema schema();

    /** The next row; null at the end. */
    @Nullable
    Row next();

    /** Rows that a statement without rows of its own changed; empty if none, or if the engine does not say. */
    OptionalLong changed();

    /** Ends the statement, on the engine too, and waits a moment until that is so. For other threads; the reader's calls fail. */
    void cancel();

    @Override
    void close();

    /**
     * How far an engine is with a statement.
     *
     * @param phase in the engine's words, such as {@code QUEUED} or {@code RUNNING}
     * @param percent of the work that is done, as far as the engine knows what there is; empty before that
     * @param rows processed so far: read by the engine, not given as an answer
     */
    record State(String phase, java.util.OptionalDouble percent, long rows) {}
}
