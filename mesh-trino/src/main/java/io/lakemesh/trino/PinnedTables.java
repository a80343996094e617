package io.lakemesh.trino;

import io.lakemesh.batch.QueryEvidence.TableRead;
import io.lakemesh.error.ConflictException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which snapshots of Iceberg tables a query reads: Trino's plan names each table that is scanned as {@code catalog:schema.table$data@snapshot}. */
final class PinnedTables {
    private static final Pattern SCAN =
            Pattern.compile("\"table\" : \"([^:\"\\\\]+):((?:[^\"\\\\])+?)\\$data@(\\d+)[ \"]");

    private PinnedTables() {}

    /** In the transaction of the connection, if it is in one. */
    static List<TableRead> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN (TYPE LOGICAL, FORMAT JSON)\n" + sql)) {
            StringBuilder text = new StringBuilder();
            // to its end: an answer that is closed early is a failed query, which ends the transaction
            while (plan.next()) {
                text.append(plan.getString(1));
            }
            return ofPlan(text.toString());
        }
    }

    static List<TableRead> ofPlan(String plan) {
        Matcher scan = SCAN.matcher(plan);
        return scan.results()
                .map(found -> new TableRead(found.group(1) + "." + found.group(2), Long.parseLong(found.group(3))))
                .distinct()
                .sorted(Comparator.comparing(TableRead::table).thenComparing(TableRead::snapshotId))
                .toList();
    }

    /** What a query read is known only if it would read the same after its last row as before its first. */
    static void requireSame(List<TableRead> before, List<TableRead> after, String source) {
        if (!after.equals(before)) {
            throw new ConflictException("Cannot read " + source + ": a table that it reads has changed meanwhile;"
                    + " run it again, or name the releases to read (FOR VERSION AS OF 'r1')");
        }
    }
}
