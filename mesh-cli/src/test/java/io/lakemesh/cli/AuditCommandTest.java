package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.cli.Cli.Result;
import io.lakemesh.document.Node;
import io.lakemesh.policy.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit tells of commands. */
final class AuditCommandTest {
    private static final String ORDERS = "my-domain/orders";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void publishGovernedOrders() throws IOException {
        cli = Cli.in(folder);
        Path product = folder.resolve("products/orders");
        cli.run("init", product);
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        Files.writeString(
                contract,
                Files.readString(contract)
                        + """

                        roles:
                          - role: analyst
                            customProperties: [{ property: lakemesh.mask, value: { amount: null } }]
                        """);
        assertThat(cli.run("publish", product, "--input", product.resolve("sample.csv"))
                        .code())
                .isZero();
    }

    private Result readAs(String user, String groups) {
        return cli.run("read", ORDERS, "--as", user, "--groups", groups, "--purpose", "statistics");
    }

    @Test
    void tellsNewestFirstWhoWasLetDoWhatAndWhoWasNot() throws IOException {
        assertThat(readAs("ada", "analyst").code()).isZero();
        assertThat(readAs("eve", "guests").code()).isEqualTo(4);
        assertThat(cli.run("read", ORDERS).code()).isZero();

        assertThat(cli.run("audit").out().lines().skip(1).map(line -> line.strip()
                        .replaceAll(" +", " ")
                        .replaceFirst(".*Z ", "")))
                .containsExactly(
                        "denied read my-domain orders 1 tester eve [\"statistics\"] null null none of the roles [analyst] is"
                                + " the subj…",
                        "granted read my-domain orders 1 tester ada [\"statistics\"] analyst {\"amount\":\"null\"} null",
                        "granted publish my-domain orders 1 tester null null null null null");
        assertThat(cli.json("audit", "--user", "ada").json().list("rows")).hasSize(1);
        assertThat(cli.json("audit", "--product", ORDERS, "--limit", "2").json().list("rows"))
                .hasSize(2);
        assertThat(cli.json("audit", "--since", "2100-01-01").json().list("rows"))
                .isEmpty();
        Path file = folder.resolve("audit.csv");
        assertThat(cli.run("audit", "--to", file).err()).contains("Wrote 3 rows of the audit");
        assertThat(Files.readAllLines(file)).hasSize(4).first().asString().startsWith("sequence,id,decided_at,");
    }

    @Test
    void aHeadThatWasKeptProvesWhatWasBeforeIt() {
        String head = head(cli.json("audit", "verify"));
        assertThat(readAs("ada", "analyst").code()).isZero();

        Result later = cli.json("audit", "verify", "--head", head);

        assertThat(later.code()).isZero();
        assertThat(later.json().text("records")).contains("2");
        assertThat(head(later)).isNotEqualTo(head);
        Result other = cli.run("audit", "verify", "--head", "a".repeat(64));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.out()).contains("Does not hold: no record has the noted hash");
        assertThat(cli.run("audit", "verify", "--head", "A").code()).isEqualTo(2);
    }

    @Test
    void takesTrinosReadsInOnceAndNothingOfAWrongFile() throws IOException {
        String decision =
                "{\"decision_id\":\"d-%d\",\"input\":{\"action\":{\"operation\":\"SelectFromColumns\",\"resource\":"
                        + "{\"table\":{\"catalogName\":\"lake\",\"schemaName\":\"my_domain\",\"tableName\":\"orders_orders_v1\","
                        + "\"columns\":[\"amount\"]}}},\"context\":{\"identity\":{\"groups\":[\"analyst\"],\"user\":\"ada\"}}},"
                        + "\"msg\":\"Decision Log\",\"path\":\"lakemesh/trino/allow\",\"result\":true,"
                        + "\"timestamp\":\"2026-11-26T19:50:41.2Z\"}\n";
        Path log = Files.writeString(folder.resolve("opa.jsonl"), decision.formatted(1) + decision.formatted(2));
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), decision.formatted(3) + "{\n");

        assertThat(taken(cli.json("audit", "import", log))).isEqualTo("2 2");
        Files.writeString(log, decision.formatted(1) + decision.formatted(2) + decision.formatted(4));
        assertThat(taken(cli.json("audit", "import", log))).isEqualTo("3 1");
        Result refused = cli.run("audit", "import", log, wrong);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(wrong + ":2:1: this is no line of Open Policy Agent's decision log");
        assertThat(cli.json("audit", "--user", "ada", "--product", ORDERS)
                        .json()
                        .list("rows"))
                .hasSize(3);
        assertThat(cli.run("audit", "verify").out()).contains("Verified: 4 records");
    }

    @Test
    void whatCannotBeBroughtIsTold() throws IOException {
        Path damaged = Files.writeString(folder.resolve(".mesh/audit/damaged.jsonl"), "{}\n");

        Result read = readAs("ada", "analyst");

        assertThat(read.code()).isZero();
        assertThat(read.err())
                .isEqualTo("Warning: Cannot take in the journal " + damaged
                        + ": a line of it is damaged; its records stay there\n");
        assertThat(cli.json("audit", "--user", "ada").json().list("rows")).hasSize(1);
    }

    @Test
    void whatAnEndedProcessLeftIsInTheAnswer() throws IOException {
        leaveJournal();

        assertThat(cli.json("audit").json().list("rows")).hasSize(2);
        assertThat(cli.json("audit", "--user", "zoe").json().list("rows")).hasSize(1);
        assertThat(cli.json("audit", "--product", ORDERS).json().list("rows")).hasSize(1);
    }

    @Test
    void whatAnEndedProcessLeftIsVerified() throws IOException {
        leaveJournal();

        assertThat(cli.json("audit", "verify").json().text("records")).contains("2");
    }

    /** Of a record of no product. */
    private void leaveJournal() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        try (Mesh mesh = Mesh.open(MeshConfig.embedded(elsewhere))) {
            mesh.audit().append(AuditRecord.granted(Action.READ).subject(Subject.of("zoe")));
            try (Stream<Path> journals = Files.list(elsewhere.resolve(".mesh/audit"))) {
                for (Path journal : journals.toList()) {
                    Files.copy(journal, folder.resolve(".mesh/audit").resolve(journal.getFileName()));
                }
            }
        }
    }

    private static String taken(Result imported) {
        Node.Mapping file = (Node.Mapping) imported.json().list("files").get(0);
        return file.text("decisions").orElseThrow() + " " + file.text("added").orElseThrow();
    }

    private static String head(Result verified) {
        return verified.json().text("head").orElseThrow();
    }

    @Test
    void aReadWithoutARecordIsRefused() throws IOException {
        Files.delete(folder.resolve(".mesh/audit"));
        Files.writeString(folder.resolve(".mesh/audit"), "a file in the folder's place");

        Result refused = readAs("ada", "analyst");

        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo("error: Cannot write the audit's journal in " + folder.resolve(".mesh/audit")
                        + ": Not a directory; nothing is done without a record: make it writable, or name another"
                        + " folder as audit.folder in mesh.yaml\n");
        assertThat(cli.run("read", ORDERS).code()).isZero();
    }
}
