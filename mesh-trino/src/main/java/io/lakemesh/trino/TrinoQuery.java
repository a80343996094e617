package io.lakemesh.trino;

import io.lakemesh.error.MeshException;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import io.trino.jdbc.QueryStats;
import io.trino.jdbc.TrinoStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A statement on a connection of its own. */
final class TrinoQuery implements Query {
    private static final Duration LONGEST_CANCELLATION = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String sql;
    private final Connection connection;
    private final TrinoFailures failures;
    private final Function<SQLException, MeshException> translation;
    private final TrinoStatement statement;
    private Consumer<State> listener = state -> {};
    private volatile @Nullable String id;
    private volatile boolean cancelled;
    private @Nullable ResultSet rows;
    private @Nullable TableSchema schema;
    private List<String> names = List.of();

    /**
     * A statement on a connection that it takes over.
     *
     * @param translation of failures to run it and to read its rows
     */
    TrinoQuery(
            Connection connection,
            String sql,
            TrinoFailures failures,
            Function<SQLException, MeshException> translation) {
        this.connection = connection;
        this.sql = sql;
        this.failures = failures;
        this.translation = translation;
        try {
            this.statement = connection.createStatement().unwrap(TrinoStatement.class);
            statement.setProgressMonitor(this::tell);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private void tell(QueryStats stats) {
        id = stats.getQueryId();
        listener.accept(new State(stats.getState(), stats.getProgressPercentage(), stats.getProcessedRows()));
    }

    @Override
    public void onProgress(Consumer<State> wanted) {
        listener = wanted;
    }

    @Override
    public TableSchema schema() {
        if (schema == null) {
            schema = execute();
            names = schema.fields().stream().map(Field::name).toList();
        }
        return schema;
    }

    private TableSchema execute() {
        try {
            if (!statement.execute(sql)) {
                return new TableSchema(List.of(), List.of());
            }
            rows = statement.getResultSet();
            return TrinoColumns.of(rows.getMetaData());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public @Nullable Row next() {
        TableSchema columns = schema();
        try {
            if (rows == null || !rows.next()) {
                return null;
            }
            List<@Nullable Object> values = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                values.add(TrinoValues.of(rows, i + 1, columns.field(i).type()));
            }
            return new Row(names, values);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public OptionalLong changed() {
        try {
            long count = statement.getLargeUpdateCount();
            return count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private MeshException failure(SQLException failure) {
        return cancelled ? new MeshException("The query was cancelled") : translation.apply(failure);
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        try {
            statement.cancel();
            awaitEnd();
        } catch (SQLException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The driver only posts the cancellation: who ends the process right after it may leave the query running. */
    private void awaitEnd() throws SQLException, InterruptedException {
        long end = System.nanoTime() + LONGEST_CANCELLATION.toNanos();
        while (id != null && isRunning() && System.nanoTime() < end) {
            Thread.sleep(POLL.toMillis());
        }
    }

    private boolean isRunning() throws SQLException {
        try (Statement asking = connection.createStatement();
                ResultSet state = asking.executeQuery(
                        "SELECT 1 FROM system.runtime.queries WHERE query_id = '" + id + "' AND \"end\" IS NULL")) {
            return state.next();
        }
    }

    /** Ends a query whose rows were not all read, as the driver does; waits for a cancellation, which needs the connection. */
    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }
}
