package io.lakemesh.trino;

import io.lakemesh.batch.RecordSource;
import io.lakemesh.run.Query;
import io.lakemesh.run.QueryEngine;
import java.util.Map;

/** Trino, as section {@code trino} of {@code mesh.yaml} says: {@code url}, {@code user}, {@code password}. */
public final class TrinoQueryEngine implements QueryEngine {
    @Override
    public String name() {
        return "trino";
    }

    @Override
    public Query query(Map<String, String> settings, String sql) {
        TrinoAccess access = TrinoAccess.of(settings);
        TrinoFailures failures = new TrinoFailures(access, "Cannot run the query");
        return new TrinoQuery(access.connect(), statement(sql), failures, failures::of);
    }

    @Override
    public RecordSource source(Map<String, String> settings, String sql) {
        return new TrinoSource(TrinoAccess.of(settings), statement(sql));
    }

    /** Trino takes one statement, without what ends it elsewhere. */
    private static String statement(String sql) {
        return sql.strip().replaceAll(";+$", "");
    }
}
