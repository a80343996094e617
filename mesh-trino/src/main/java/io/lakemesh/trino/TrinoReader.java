package io.lakemesh.trino;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.batch.QueryEvidence.TableRead;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.UnorderedDigest;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Streams a query's rows in one read-only transaction, at whose beginning and end Trino is asked which snapshots the query reads.
 */
final class TrinoReader implements RecordReader {
    private final String name;
    private final String sql;
    private final Connection connection;
    private final TrinoFailures failures;
    private final TrinoQuery query;
    private final UnorderedDigest digest = new UnorderedDigest();
    private List<TableRead> tables = List.of();
    private List<String> names = List.of();
    private RawColumn.Values @Nullable [] columns;
    private @Nullable InputEvidence evidence;

    TrinoReader(String name, TrinoAccess access, String sql) {
        this.name = name;
        this.sql = sql;
        this.connection = access.connect();
        this.failures = new TrinoFailures(access, "Cannot read " + name);
        this.query = new TrinoQuery(connection, sql, failures, failures::withoutValues);
    }

    @Override
    public boolean read(RawBatch batch) {
        batch.clear();
        RawColumn.Values[] into = columns();
        batch.startFile(name, names, into);
        while (!batch.isFull()) {
            Row row = query.next();
            if (row == null) {
                break;
            }
            add(row, into, batch);
        }
        if (batch.size() == 0 && evidence == null) {
            evidence = conclude();
        }
        return batch.size() > 0;
    }

    private void add(Row row, RawColumn.Values[] into, RawBatch batch) {
        for (int i = 0; i < into.length; i++) {
            into[i].set(batch.size(), row.get(i));
        }
        digest.add(row.asMap());
        batch.addRow(digest.records());
    }

    private RawColumn.Values[] columns() {
        if (columns == null) {
            tables = begin();
            TableSchema schema = query.schema();
            if (schema.fields().isEmpty()) {
                throw new InvalidInputException("Cannot read " + name + ": the statement gives no rows");
            }
            names = schema.fields().stream().map(field -> field.name()).toList();
            columns =
                    Stream.generate(RawColumn.Values::new).limit(schema.size()).toArray(RawColumn.Values[]::new);
        }
        return columns;
    }

    private List<TableRead> begin() {
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return PinnedTables.of(connection, sql);
        } catch (SQLException e) {
            throw failures.ofExplained(e);
        }
    }

    private InputEvidence conclude() {
        try {
            PinnedTables.requireSame(tables, PinnedTables.of(connection, sql), name);
            return new InputEvidence(
                    name, digest.hex(), digest.bytes(), digest.records(), new QueryEvidence(sql, tables));
        } catch (SQLException e) {
            throw failures.ofExplained(e);
        }
    }

    @Override
    public List<InputEvidence> evidence() {
        return evidence == null ? List.of() : List.of(evidence);
    }

    @Override
    public void close() {
        query.close();
    }
}
