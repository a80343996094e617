package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mesh read --reveal}, and what the policy's commands tell of it, by the example of the guide. */
class RevealCommandTest {
    private static final List<String> DETECTIVE =
            List.of("--as", "dee", "--groups", "detective", "--purpose", "investigation");

    @TempDir
    Path folder;

    private Cli cli;
    private Path product;

    @BeforeEach
    void publish() throws IOException {
        product = Files.createDirectories(folder.resolve("cases"));
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
        List<String> blocks = blocks();
        Files.writeString(product.resolve("cases.odcs.yaml"), blocks.get(1));
        Files.createDirectories(folder.resolve("policy"));
        Files.writeString(folder.resolve("policy/mesh-policy.yaml"), blocks.get(2));
        Path input = Files.writeString(
                folder.resolve("in.csv"), "id,suspect,note\n1,Ann Canary,tall\n2,Bob,short\n3,Ann Canary,\n");
        cli = Cli.in(folder, blocks.get(0));
        cli.run("keys", "create", "police");
        Result published = cli.run("publish", product, "--input", input);
        assertThat(published.code()).as(published.err()).isZero();
    }

    /** The guide's: the sections of mesh.yaml, the contract, the mesh's policy. */
    private static List<String> blocks() throws IOException {
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/guide/personal-data.md")));
        return blocks.results().map(block -> block.group(1)).toList();
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
        assertThat(revealed.out()).contains("Bob").doesNotContain("Canary", "short");
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
    void whoeverMayNotSeesTokensThatAreTheSameForTheSameName() {
        List<String> analyst = List.of("--as", "ann", "--groups", "analyst", "--purpose", "statistics");
        Result seen = as(analyst, "read", "police/cases", "--output", "json");
        List<String> tokens = Pattern.compile("k1:[A-Za-z0-9_-]+")
                .matcher(seen.out())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(tokens).hasSize(3);
        assertThat(tokens.get(0)).isEqualTo(tokens.get(2)).isNotEqualTo(tokens.get(1));
        assertThat(seen.out()).doesNotContain("Canary", "tall");
        assertThat(as(analyst, "read", "police/cases", "--reveal", "suspect").code())
                .isEqualTo(ExitCode.ACCESS_DENIED);
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
        assertThat(as(DETECTIVE, "policy", "explain", product).out())
                .containsPattern("may reveal suspect \\(.*cases.odcs.yaml:22:11\\)")
                .doesNotContain("may reveal note");
        assertThat(as(DETECTIVE, "policy", "explain", "police/cases", "--output", "json")
                        .out())
                .containsOnlyOnce("\"revealed\"");
        assertThat(cli.run("policy", "who", "police/cases.suspect").out()).contains("token, may reveal it");
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
