package io.lakemesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The job of the benchmark in DuckDB: CSV in, the contract's twelve checks, good and bad rows as Parquet, a commit to Iceberg
 * through its Java API. Written as one who knows DuckDB well would: the faster of the two ways that were tried (docs/benchmarks.md).
 */
final class DuckDbJob {
    private final Path input;
    private final Path good;
    private final Path bad;

    private DuckDbJob(Path input, Path folder) {
        this.input = input;
        this.good = folder.resolve("good.parquet");
        this.bad = folder.resolve("bad.parquet");
    }

    /** Does the job; arguments are the CSV file and an empty folder for what comes out. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        DuckDbJob job = new DuckDbJob(Path.of(arguments[0]), folder);
        long badRows = job.write();
        long goodRows = IcebergCommit.of(folder).append(job.good);
        Usage.print(goodRows, badRows);
    }

    private long write() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String setting : DuckDbSql.SETTINGS) {
                statement.execute(setting);
            }
            statement.execute("CREATE TEMP TABLE checked AS FROM " + DuckDbSql.rows(input));
            statement.execute(DuckDbSql.copyGood("checked", good));
            statement.execute(DuckDbSql.copyBad("checked", bad));
            return count(statement, bad);
        }
    }

    private static long count(Statement statement, Path file) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
            result.next();
            return result.getLong(1);
        }
    }
}
