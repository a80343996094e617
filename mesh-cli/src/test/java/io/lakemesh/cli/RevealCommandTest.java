package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mesh read --reveal}, and what the policy's commands tell of it. */
class RevealCommandTest {
    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: cases
            version: 1.0.0
            status: active
            schema:
              - name: cases
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true }
                  - { name: suspect, logicalType: string, customProperties: [{ property: lakemesh.protection, value: tokenize }] }
                  - { name: note, logicalType: string, customProperties: [{ property: lakemesh.protection, value: encrypt }] }
            roles:
              - role: detective
                customProperties:
                  - { property: lakemesh.purpose, value: [investigation] }
                  - { property: lakemesh.reveal, value: [suspect] }
            """;

    private static final List<String> DETECTIVE =
            List.of("--as", "dee", "--groups", "detective", "--purpose", "investigation");

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void publish() throws IOException {
        Path product = Files.createDirectories(folder.resolve("cases"));
        Files.writeString(
                product.resolve("cases.odps.yaml"),
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: cases
                name: cases
                domain: police
                status: active
                outputPorts:
                  - { name: cases, version: 1.0.0, contractId: cases }
                """);
        Files.writeString(product.resolve("cases.odcs.yaml"), CONTRACT);
        Path input = Files.writeString(folder.resolve("in.csv"), "id,suspect,note\n1,Ann Canary,tall\n2,Bob,short\n");
        cli = Cli.in(folder, "keys: { location: keys }\n");
        cli.run("keys", "create", "police");
        Result published = cli.run("publish", product, "--input", input);
        assertThat(published.code()).as(published.err()).isZero();
    }

    private Result as(List<String> subject, Object... command) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(subject);
        return cli.run(all.toArray());
    }

    @Test
    void showsTheValuesToThoseWhoMay() {
        assertThat(as(DETECTIVE, "read", "police/cases").out()).contains("k1:").doesNotContain("Canary");
        Result revealed = as(DETECTIVE, "read", "police/cases", "--reveal", "suspect", "--where", "suspect = 'Bob'");
        assertThat(revealed.code()).as(revealed.err()).isZero();
        assertThat(revealed.out()).contains("Bob").contains("k1:").doesNotContain("Canary", "short");
        assertThat(cli.run("read", "police/cases", "--reveal", "suspect,note", "--columns", "note,suspect")
                        .out())
                .contains("Ann Canary", "tall", "short");
        Result denied = as(DETECTIVE, "read", "police/cases", "--reveal", "note,suspect");
        assertThat(denied.code()).isEqualTo(ExitCode.ACCESS_DENIED);
        assertThat(denied.out()).isEmpty();
        assertThat(denied.err())
                .isEqualTo("error: Cannot reveal column note of police.cases_cases_v1: role detective may not reveal"
                        + " it\n");
    }

    @Test
    void theAuditTellsWhoRevealedWhat() {
        as(DETECTIVE, "read", "police/cases", "--reveal", "suspect");
        as(DETECTIVE, "read", "police/cases", "--reveal", "note");
        assertThat(cli.run("audit", "--user", "dee", "--output", "json").out())
                .containsOnlyOnce("\"read\"")
                .containsPattern("\"reveal\"[^}]*\"granted\"[^}]*\\[\\\\\"suspect\\\\\"\\]")
                .containsPattern(
                        "\"reveal\"[^}]*\"denied\"[^}]*\\[\\\\\"note\\\\\"\\][^}]*role detective may not reveal it")
                .doesNotContain("Canary");
    }

    @Test
    void thePolicysCommandsTellWhoMay() {
        assertThat(as(DETECTIVE, "policy", "explain", folder.resolve("cases")).out())
                .containsPattern("may reveal suspect \\(.*cases.odcs.yaml:16:11\\)")
                .doesNotContain("may reveal note");
        assertThat(as(DETECTIVE, "policy", "explain", "police/cases", "--output", "json")
                        .out())
                .containsOnlyOnce("\"revealed\"");
        assertThat(cli.run("policy", "who", "police/cases.suspect").out()).contains("clear, may reveal it");
        assertThat(cli.run("policy", "who", "police/cases.note").out()).doesNotContain("reveal");
    }

    @Test
    void withoutTheKeyNothingIsShown() throws IOException {
        Files.delete(folder.resolve("keys/police.yaml"));
        Result missing = as(DETECTIVE, "read", "police/cases", "--reveal", "suspect");
        assertThat(missing.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err()).contains("Cannot find a key of 'police'").contains("get it from whoever made");
    }
}
