package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import io.lakemesh.document.Node;
import io.lakemesh.testkit.server.PostgresServer;
import io.lakemesh.testkit.server.TrinoServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class SqlCommandTest {
    private static final String TOWNS = "SELECT * FROM (VALUES (1, 'Bath'), (2, 'York')) AS t (id, town) ORDER BY id";
    private static final String ENDLESS =
            "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a (x) CROSS JOIN UNNEST(sequence(1, 10000)) b (y)"
                    + " CROSS JOIN UNNEST(sequence(1, 10000)) c (z) WHERE sqrt(x * y * z) < 0";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void configure() throws Exception {
        cli = Cli.in(folder, "trino: { url: \"" + TrinoServer.shared().url() + "\", user: analyst }\n");
    }

    @Test
    void showsRowsAsATable() {
        Result result = cli.run("sql", TOWNS);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("id +town\n +1 +Bath\n +2 +York\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aTableForPeopleEndsAfterTwentyRows() {
        Result result = cli.run("sql", "SELECT x FROM UNNEST(sequence(1, 100)) t (x) ORDER BY x;");

        assertThat(result.out().lines()).hasSize(21);
        assertThat(result.err()).contains("The first 20 rows; --limit N shows more, --to FILE writes them all");
        assertThat(cli.run("sql", TOWNS, "--limit", 1).out().lines()).hasSize(2);
    }

    @Test
    void rowsThatNobodyWantsAreNotMade() throws Exception {
        String endless = ENDLESS.replace("count(*)", "x, y, z").replace("< 0", "> 0");

        Process process = start("-Xmx256m", "sql", endless);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(folder.resolve("out"))).hasSize(21);

        assertThat(states(endless)).containsExactly("FAILED USER_CANCELED");
    }

    @Test
    void printsColumnsAndRowsAsJson() {
        Result result = cli.json("sql", "SELECT 1 AS id, 2 AS id, CAST(NULL AS varchar) AS town");

        assertThat(result.json().entries().keySet()).containsExactly("columns", "rows");
        assertThat(result.json().list("columns").toString()).contains("id_2");
        assertThat(result.json().list("rows")).hasSize(1);
    }

    @Test
    void writesFilesThatAreThereOnlyWhenTheyAreWhole() throws Exception {
        Path csv = folder.resolve("towns.csv");
        Path parquet = folder.resolve("towns.parquet");

        assertThat(cli.run("sql", TOWNS, "--to", csv).err()).contains("Wrote 2 rows to " + csv);
        assertThat(cli.run("sql", TOWNS, "--to", parquet).code()).isZero();
        Result failed = cli.run(
                "sql",
                "SELECT 1 / (x - 60000) FROM UNNEST(sequence(1, 60000)) t (x) ORDER BY x",
                "--to",
                folder.resolve("failed.csv"));

        assertThat(csv).hasContent("id,town\n1,Bath\n2,York\n");
        assertThat(cli.json("profile", parquet).json().list("columns"))
                .extracting(column -> ((Node.Mapping) column).text("name").orElseThrow())
                .containsExactly("id", "town");
        assertThat(failed.code()).isEqualTo(ExitCode.INVALID_INPUT);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("mesh.yaml", "towns.csv", "towns.parquet");
        }
    }

    @Test
    void failuresHaveTrinosWordsAndTheUsualExitCodes() throws Exception {
        assertOneLine(cli.run("sql", "SELECT nothing"), 2, "line 1:8: Column 'nothing' cannot be resolved");
        assertOneLine(cli.run("sql", "SELEC 1"), 2, "line 1:1: mismatched input 'SELEC'");
        assertOneLine(cli.run("sql", "SET SESSION AUTHORIZATION somebody"), 4, "Access Denied:");
        assertOneLine(
                Cli.in(folder, "trino: { url: \"jdbc:trino://127.0.0.1:1\" }\n").run("sql", "SELECT 1"),
                6,
                "cannot reach Trino at 127.0.0.1:1");
        assertOneLine(Cli.in(folder, "").run("sql", "SELECT 1"), 2, "mesh.yaml has no trino.url");
    }

    private static void assertOneLine(Result result, int code, String message) {
        assertThat(result.err()).contains(message).startsWith("error: ");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aStatementWithoutRowsSaysThatItIsDone() {
        String catalog = TrinoServer.shared().postgres(PostgresServer.shared().database());

        assertThat(cli.run("sql", "CREATE TABLE " + catalog + ".public.t (id bigint)")
                        .err())
                .isEqualTo("Done\n");
        assertThat(cli.run("sql", "INSERT INTO " + catalog + ".public.t VALUES 1, 2")
                        .err())
                .isEqualTo("Done: 2 rows\n");
    }

    @Test
    void interruptingTheProcessCancelsTheQueryOnTheServer() throws Exception {
        Process process = start(
                "-Xmx256m", "sql", ENDLESS, "--to", folder.resolve("never.csv").toString());
        try {
            awaitRunning(process);

            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(states(ENDLESS)).containsExactly("FAILED USER_CANCELED");
            assertThat(folder.resolve("err")).hasContent("The query was cancelled\n");
            assertThat(folder.resolve("never.csv")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void moreRowsThanFitIntoMemoryAreStreamed() throws Exception {
        Process process = start(
                "-Xmx64m",
                "sql",
                "SELECT x * 1000 + y AS id, 'a text of some length, so that a million fills memory' AS text"
                        + " FROM UNNEST(sequence(1, 1000)) a (x) CROSS JOIN UNNEST(sequence(1, 1000)) b (y)",
                "--to",
                folder.resolve("million.jsonl").toString());

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(folder.resolve("err"))).contains("Wrote 1000000 rows");
        assertThat(folder.resolve("million.jsonl").toFile().length()).isGreaterThan(64 << 20);
    }

    @Test
    void publishTakesAQueryAsAnInput() {
        Path product = folder.resolve("orders");
        cli.run("init", product);

        Result published = cli.run(
                "publish",
                product,
                "--input",
                "orders=trino:SELECT 'O-1' AS order_id, TIMESTAMP '2026-01-05 09:12:00 UTC' AS ordered_at,"
                        + " DECIMAL '19.90' AS amount, 'open' AS state WHERE 1 = 1");
        Result wrong = cli.run("publish", product, "--input", "trino:SELECT nothing");

        assertThat(published.out()).as(published.err()).contains("1 read = 1 published");
        assertOneLine(wrong, 2, "line 1:8: Column 'nothing' cannot be resolved");
    }

    private void awaitRunning(Process process) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!states(ENDLESS).contains("RUNNING null")) {
            assertThat(process.isAlive()).as("the process runs").isTrue();
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** State and error of the queries that have this text. */
    private List<String> states(String sql) {
        Result result = cli.json(
                "sql",
                "SELECT state || ' ' || coalesce(error_code, 'null') AS state FROM system.runtime.queries"
                        + " WHERE query = '" + sql + "'");
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().list("rows").stream()
                .flatMap(row -> ((Node.Mapping) row).text("state").stream())
                .toList();
    }

    private Process start(String memory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-cp",
                System.getProperty("java.class.path"),
                "io.lakemesh.cli.Main",
                "--config",
                folder.resolve("mesh.yaml").toString()));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        return new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
    }
}
