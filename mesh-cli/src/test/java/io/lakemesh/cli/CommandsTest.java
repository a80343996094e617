package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
    private static final String ORDERS = "my-domain/orders";

    @TempDir
    Path folder;

    private Cli cli;
    private Path product;
    private Path sample;

    @BeforeEach
    void startAProduct() throws IOException {
        cli = Cli.in(folder);
        product = folder.resolve("products/orders");
        sample = product.resolve("sample.csv");
        assertThat(cli.run("init", product).code()).isZero();
    }

    @Test
    void whatInitMakesIsValidAndPublishes() {
        assertThat(cli.run("validate", product).out()).startsWith("Valid: my-domain/orders");
        Result published = cli.run("publish", product, "--input", sample);

        assertThat(published.err()).isEmpty();
        assertThat(published.code()).isZero();
        assertThat(published.out())
                .startsWith("Published release 1 of my-domain/orders")
                .contains("5 read = 5 published + 0 quarantined");
    }

    @Test
    void initOverwritesNothing() {
        Result again = cli.run("init", product);

        assertThat(again.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(again.err())
                .startsWith("error: Cannot start a product in " + product)
                .contains("is there already");
    }

    @Test
    void theSameRunPublishesOnce() {
        cli.run("publish", product, "--input", sample);
        Result again = cli.run("publish", product, "--input", sample);

        assertThat(again.code()).isZero();
        assertThat(again.out()).startsWith("Unchanged: this run is release 1");
        assertThat(cli.json("history", ORDERS).json().list("releases")).hasSize(1);
    }

    @Test
    void aRefusedRunEndsWithThreeAndSaysWhatToDo() throws IOException {
        Files.writeString(sample, "order_id,ordered_at,amount,state\nO-1,yesterday,1,open\n");

        Result refused = cli.run("publish", product, "--input", sample, "--run-id", "r-1");

        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out())
                .startsWith("Refused: nothing that readers of my-domain/orders see was changed")
                .contains("ordered_at.type", "--resolves r-1")
                .doesNotContain("yesterday");
        assertThat(cli.run("quarantine", ORDERS).out()
                        + cli.run("quarantine", product).out())
                .contains("refused run r-1", "ordered_at.type");
    }

    @Test
    void checkLeavesNothingBehind() {
        Result checked = cli.run("check", product, "--input", sample);

        assertThat(checked.code()).isZero();
        assertThat(checked.out()).startsWith("Passed: my-domain/orders would publish this");
        assertThat(cli.run("history", product).code()).isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void saysWhichColumnsOfTheInputAreIgnored() throws IOException {
        Files.writeString(sample, "order_id,colour,ordered_at,amount,state\nO-1,red,2026-01-05T09:12:00Z,1.00,open\n");
        String note = "orders: columns that the contract does not name are ignored: colour";

        assertThat(cli.run("check", product, "--input", sample).out()).contains("note: " + note);
        assertThat(cli.json("publish", product, "--input", sample).json().toString())
                .contains(note);
    }

    @Test
    void inputsMayStandBeforeTheProductAndBeRepeated() throws IOException {
        Path more = Files.writeString(
                folder.resolve("more.csv"), "order_id,ordered_at,amount,state\nO-9,2026-03-01T00:00:00Z,9.00,\n");

        Result published = cli.run("publish", "--input", more, "--input", product + "/*.csv", product);

        assertThat(published.err()).isEmpty();
        assertThat(published.out()).contains("6 read = 6 published");
    }

    @Test
    void readsOtherEncodingsAndDelimiters() throws IOException {
        Files.writeString(
                sample,
                "order_id;ordered_at;amount;state\nZo\u00eb;2026-01-05T09:12:00Z;1.00;open\n",
                StandardCharsets.ISO_8859_1);
        String[] format = {"--encoding", "ISO-8859-1", "--delimiter", ";"};

        assertThat(cli.run("profile", sample, format[0], format[1], format[2], format[3])
                        .out())
                .contains("Zo\u00eb");
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        Files.writeString(contract, Files.readString(contract).replace("^O-[0-9]+$", ".*"));
        Result published = cli.run("publish", product, "--input", sample, format[0], format[1], format[2], format[3]);

        assertThat(published.out()).as(published.err()).contains("1 read = 1 published");
        assertThat(cli.run("read", ORDERS).out()).contains("Zo\u00eb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--encoding | latin-99 | unknown encoding 'latin-99', expected one such as UTF-8, ISO-8859-1 or windows-1252",
                "--delimiter | ;; | expected one character or 'tab', found ';;'",
                "--delimiter | \u00eb | Invalid CSV delimiter: expected one ASCII character"
            })
    void refusesUnknownEncodingsAndDelimiters(String option, String value, String message) {
        Result refused = cli.run("publish", product, "--input", sample, option, value);

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(refused.err()).startsWith("error: ").contains(message);
    }

    @Test
    void planSaysNewThenNothingThenChangesThenBreaking() throws IOException {
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        assertThat(cli.run("plan", product).code()).isEqualTo(ExitCode.CHANGES);
        cli.run("publish", product, "--input", sample);
        Result unchanged = cli.run("plan", product);
        assertThat(unchanged.code()).isEqualTo(ExitCode.DONE);
        assertThat(unchanged.out()).contains("nothing would change", "known-state", "the rows are set aside");

        Files.writeString(contract, Files.readString(contract).replace("version: 1.0.0", "version: 1.1.0"));
        Path descriptor = product.resolve("product.odps.yaml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("version: 1.0.0", "version: 1.1.0"));
        Files.writeString(
                contract,
                Files.readString(contract)
                        .replace(
                                "      - name: state",
                                "      - name: note\n        logicalType: string\n      - name: state"));
        Result added = cli.run("plan", product);
        assertThat(added.code()).as(added.out() + added.err()).isEqualTo(ExitCode.CHANGES);
        assertThat(added.out()).contains("additive: orders.note");

        Files.writeString(contract, Files.readString(contract).replace("name: amount", "name: price"));
        Result broken = cli.run("plan", product);
        assertThat(broken.code()).isEqualTo(ExitCode.BREAKING_CHANGES);
        assertThat(broken.out()).contains("breaking: orders.amount");
    }

    @Test
    void readsAnyReleaseAndWritesFilesThatPublishAgain() throws IOException {
        cli.run("publish", product, "--input", sample);
        Files.writeString(
                folder.resolve("more.csv"), "order_id,ordered_at,amount,state\nO-9,2026-03-01T00:00:00Z,9.00,\n");
        cli.run("publish", product, "--input", folder.resolve("more.csv"));

        assertThat(cli.json("read", ORDERS).json().list("rows")).hasSize(6);
        assertThat(cli.json("read", ORDERS + "@1").json().list("rows")).hasSize(5);
        assertThat(cli.json("read", product + "@r1", "--where", "amount > 10", "--columns", "order_id")
                        .json()
                        .list("rows"))
                .hasSize(3);
        assertThat(cli.run("read", ORDERS, "--where", "state IS NULL").out()).contains("O-9", "null");

        for (String name : new String[] {"out.csv", "out.jsonl", "out.parquet"}) {
            Path file = folder.resolve(name);
            assertThat(cli.run("read", ORDERS + "@2", "--to", file).err()).contains("Wrote 6 rows of release 2");
            Result again = cli.json("publish", product, "--input", file, "--mode", "overwrite", "--run-id", name);
            assertThat(again.code()).as(name + again.err() + again.out()).isZero();
            assertThat(cli.json("read", ORDERS, "--limit", "100").json().list("rows"))
                    .as(name)
                    .hasSize(6);
        }
    }

    @Test
    void refusesToWriteWhatItDoesNotKnow() {
        cli.run("publish", product, "--input", sample);

        Result refused = cli.run("read", ORDERS, "--to", folder.resolve("out.xlsx"));

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(refused.err()).contains("expected a name that ends in .csv, .jsonl or .parquet");
    }

    @Test
    void profilesAFileAndDraftsAContract() {
        assertThat(cli.run("profile", sample).out()).contains("5 rows", "order_id", "amount");
        assertThat(cli.run("profile", sample, "--contract").out()).contains("kind: DataContract", "name: sample");
    }

    @Test
    void profilesWhatLooksPersonal() throws IOException {
        Path people = Files.writeString(folder.resolve("people.csv"), "id,mail\n1,a@example.org\n2,b@example.org\n");

        assertThat(cli.run("profile", people).out())
                .contains(
                        "Looks personal: say so in the contract, as its column's classification",
                        "  mail (confidential) looks like e-mail addresses: 2 of 2 different sampled values");
        assertThat(cli.run("profile", people, "--contract").out()).contains("classification: confidential");
        assertThat(cli.json("profile", people).json().list("personal")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"publihs, publish", "histroy, history", "--confg, --config"})
    void wrongUsageEndsWithTwoAndANearMatch(String wrong, String meant) {
        Result result = cli.run(wrong);

        assertThat(result.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: ")
                .contains(meant)
                .contains("--help")
                .doesNotContain("\tat ");
    }

    @Test
    void wrongModeNamesThoseThatExist() {
        Result result = cli.run("publish", product, "--input", sample, "--mode", "replace");

        assertThat(result.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(result.err())
                .contains("expected one of append, overwrite, overwrite-partitions, upsert, found 'replace'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no/such",
                "Robert'); DROP TABLE x;--",
                "a\u001b[31mb",
                "naïve/ü",
                "../..",
                "a/b@2",
                "x\u0000y",
                "-",
                "@",
                "~`$(id)"
            })
    void hostileProductNamesAreRefusedWithOneClearLine(String name) {
        Result result = cli.run("history", name);

        assertThat(result.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("error: ").doesNotContain("\u001b", "\tat ");
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aStackTraceIsShownOnlyOnRequest() {
        assertThat(cli.run("history", "no/such").err()).doesNotContain("\tat ");
        assertThat(cli.run("--verbose", "history", "no/such").err()).contains("\tat io.lakemesh");
    }

    @Test
    void hostileValuesDoNotReachTheTerminalAsTheyAre() throws IOException {
        Files.writeString(
                product.resolve("contracts/orders.odcs.yaml"),
                Files.readString(product.resolve("contracts/orders.odcs.yaml"))
                        .replace(", pattern: \"^O-[0-9]+$\"", "")
                        .replace("logicalTypeOptions: { pattern: \"^O-[0-9]+$\" }", ""));
        Files.writeString(
                sample, "order_id,ordered_at,amount,state\n\u001b[2J\u202eevil,2026-03-01T00:00:00Z,9.00,open\n");
        assertThat(cli.run("publish", product, "--input", sample).code()).isZero();

        assertThat(cli.run("read", ORDERS).out())
                .contains("\\u001b[2J\\u202eevil")
                .doesNotContain("\u001b", "\u202e");
        assertThat(cli.json("read", ORDERS).out()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    @Test
    void coloursOnlyWhereTheScreenHasThem() {
        assertThat(cli.run("validate", product).out()).doesNotContain("\u001b");
        assertThat(cli.withColour().run("validate", product).out()).contains("\u001b[32mValid");
    }

    @Test
    void completesInBash() {
        assertThat(cli.run("completion").out()).contains("overwrite-partitions", "publish", "complete -F");
    }

    @Test
    void doctorSaysWhatIsWrongWithTheConfiguration() throws IOException {
        Path config = Files.writeString(folder.resolve("broken.yaml"), "catalogue:\n  type: jdbc\n");

        Result result = cli.run("--config", config, "doctor");

        assertThat(result.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(cli.run("doctor").out()).contains("catalog", "warehouse", "ok");
    }

    @Test
    void doctorSaysThatNothingWasPublishedYet() {
        Result result = cli.run("doctor");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "nothing was published here yet; the first publish makes " + folder.resolve(".mesh/catalog.db"))
                .doesNotContain("did not answer");
        assertThat(folder.resolve(".mesh")).doesNotExist();
    }
}
