package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as a subject, and under a mesh policy. */
final class GovernedCommandsTest {
    private static final String ORDERS = "my-domain/orders";
    private static final String[] ADA = {"--as", "ada", "--groups", "analyst,state:open"};
    private static final String POLICY = "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\nclassifications:\n";
    private static final String MILD = POLICY + "  - { name: public }\n";

    @TempDir
    Path folder;

    private Cli cli;
    private Path product;

    @BeforeEach
    void publishGovernedOrders() throws IOException {
        cli = Cli.in(folder, "policy: { folder: governance }\n");
        product = folder.resolve("products/orders");
        policy(MILD);
        assertThat(cli.run("init", product).code()).isZero();
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        String classified = Files.readString(contract)
                .replace("        classification: public\n", "")
                .replaceAll("(      - name: [a-z_]+\n)", "$1        classification: public\n");
        Files.writeString(
                contract,
                classified
                        + """

                        roles:
                          - role: analyst
                            customProperties:
                              - { property: lakemesh.row-filter, value: "state = subject.state" }
                              - { property: lakemesh.mask, value: { amount: null, order_id: last(1) } }
                        """);
        Result published = publish();
        assertThat(published.code()).as(published.err()).isZero();
    }

    private Result publish() {
        return cli.run("publish", product, "--input", product.resolve("sample.csv"), "--mode", "overwrite");
    }

    private void policy(String text) throws IOException {
        Files.createDirectories(folder.resolve("governance"));
        Files.writeString(folder.resolve("governance/mesh-policy.yaml"), text);
    }

    private Result as(String[] subject, Object... command) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(subject));
        return cli.run(all.toArray());
    }

    @Test
    void readsAsASubjectIntoFilesOfEveryKind() throws IOException {
        Path file = folder.resolve("seen.csv");
        assertThat(as(ADA, "read", ORDERS, "--columns", "order_id,amount", "--to", file)
                        .code())
                .isZero();
        assertThat(Files.readAllLines(file)).containsExactly("order_id,amount", "***3,", "***5,");

        for (String name : List.of("seen.jsonl", "seen.parquet")) {
            Result written = as(ADA, "read", ORDERS, "--to", folder.resolve(name));
            assertThat(written.code()).as(written.err()).isZero();
            assertThat(written.err()).startsWith("Wrote 2 rows");
            assertThat(cli.run("profile", folder.resolve(name)).out())
                    .contains("***3")
                    .doesNotContain("120.5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read my-domain/orders", "diff my-domain/orders 1 1", "policy explain my-domain/orders"})
    void whoeverHasNoRoleIsDenied(String command) {
        Result denied = as(new String[] {"--as", "eve"}, (Object[]) command.split(" "));

        assertThat(denied.code()).isEqualTo(ExitCode.ACCESS_DENIED);
        assertThat(denied.out() + denied.err())
                .contains("none of the roles [analyst] is the subject's; ask the product's owner")
                .doesNotContain("O-1");
    }

    @Test
    void whatWasSetAsideIsForThoseWhoSeeEverything() {
        Result denied = as(ADA, "quarantine", ORDERS);

        assertThat(denied.code()).isEqualTo(ExitCode.ACCESS_DENIED);
        assertThat(denied.err())
                .isEqualTo(
                        "error: Cannot show what was set aside of my-domain/orders: it is shown to those only who see"
                                + " every row and column of the product\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read my-domain/orders",
                "diff my-domain/orders 1 1",
                "quarantine my-domain/orders",
                "history my-domain/orders"
            })
    void groupsAndPurposesBelongToAUser(String command) {
        for (String[] claim : List.of(new String[] {"--groups", "analyst"}, new String[] {"--purpose", "fun"})) {
            Result refused = as(claim, (Object[]) command.split(" "));

            assertThat(refused.code()).isEqualTo(ExitCode.INVALID_INPUT);
            assertThat(refused.err()).isEqualTo("error: Invalid options: --groups and --purpose belong to --as USER\n");
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    void aBrokenMeshPolicyStopsWhateverDependsOnIt() throws IOException {
        policy(POLICY + "  - { name: public, mask: nul }\n  - { name: public, masks: null }\n");
        String place = folder.resolve("governance/mesh-policy.yaml") + ":6:";

        List<Result> results = List.of(
                as(ADA, "read", ORDERS),
                as(ADA, "diff", ORDERS, "1", "1"),
                as(ADA, "quarantine", ORDERS),
                cli.run("validate", product),
                cli.run("policy", "check", product),
                publish());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.code()).isEqualTo(ExitCode.INVALID_INPUT);
            assertThat(result.err()).contains(place).contains("unknown key 'masks' in a classification");
            assertThat(result.out()).doesNotContain("O-1");
        });
        assertThat(cli.run("history", ORDERS).out()).doesNotContain("r2");
    }

    @Test
    void aMeshPolicyThatIsGoneStopsToo() throws IOException {
        Files.delete(folder.resolve("governance/mesh-policy.yaml"));

        Result refused = as(ADA, "read", ORDERS);

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(refused.err()).contains("mesh-policy.yaml: there is no such file, expected the mesh's policy");
    }

    @Test
    void loosensNothingAtValidateAndAtPublishAndWritesNothing() throws IOException {
        policy(POLICY + "  - { name: public, mask: [null] }\n");
        Files.writeString(
                product.resolve("sample.csv"), "order_id,ordered_at,amount,state\nO-7,2026-01-05T09:12:00Z,1,open\n");
        List<String> before = files();

        for (Result refused : List.of(cli.run("validate", product), publish())) {
            assertThat(refused.code()).isEqualTo(ExitCode.INVALID_INPUT);
            assertThat(refused.out() + refused.err())
                    .contains("column 'order_id' would show role analyst last(1), but the mesh's policy says null")
                    .containsPattern("contracts/orders\\.odcs\\.yaml:[0-9]+:[0-9]+: ");
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void checkWarnsOfRulesThatAreForNobodyAndNothing() throws IOException {
        policy(MILD.replace(" }", ", exceptions: [{ role: analist, mask: clear }, { role: analyst, mask: clear }] }")
                + "rowFilters:\n"
                + "  - { id: own, where: state = 'open', products: [retail/*], except: [stewrad, analyst] }\n"
                + "  - { id: all, where: state IS NOT NULL, products: [my-*/*] }\n");

        Result checked = cli.run("policy", "check");

        assertThat(checked.code()).isEqualTo(ExitCode.DONE);
        assertThat(checked.out().lines().map(line -> line.replaceFirst(".*mesh-policy.yaml:", "")))
                .containsExactly(
                        "5:51: warning: no contract has a role 'analist'; did you mean 'analyst'?",
                        "7:16: warning: no contract has a role 'stewrad'",
                        "7:16: warning: row filter 'own' is for no product there is: retail/*",
                        "The policy holds for 1 product");
    }

    @Test
    void aColumnIsHeldToWhatItCameFromAsPublishedOrValidatedWithIt() throws IOException {
        policy(MILD + "  - { name: secret }\n");
        Path derived = folder.resolve("products/late");
        assertThat(cli.run("init", derived).code()).isZero();
        edit(derived.resolve("product.odps.yaml"), "domain: my-domain", "domain: late");
        Path contract = derived.resolve("contracts/orders.odcs.yaml");
        edit(contract, "        classification: public\n", "");
        edit(contract, "        logicalType:", "        classification: public\n        logicalType:");
        edit(
                contract,
                "      - name: amount\n",
                "      - name: amount\n        transformSourceObjects: [my-domain/orders.orders.amount]\n");
        assertThat(cli.run("validate", derived).code()).isZero();

        Path source = product.resolve("contracts/orders.odcs.yaml");
        edit(
                source,
                "- name: amount\n        classification: public\n",
                "- name: amount\n        classification: secret\n");
        edit(source, "version: 1.0.0", "version: 1.1.0");
        edit(product.resolve("product.odps.yaml"), "version: 1.0.0", "version: 1.1.0");
        String refused = "amount is public, but comes from my-domain/orders.orders.amount, which is secret";
        assertThat(cli.run("validate", product, derived).out())
                .contains("late/contracts/orders.odcs.yaml:")
                .contains(refused);
        assertThat(cli.run("validate", derived).code()).isZero();

        assertThat(publish().code()).isZero();
        assertThat(cli.run("validate", derived).out()).contains(refused);
        assertThat(cli.run("policy", "check", derived).out()).contains(refused);
    }

    private static void edit(Path file, String known, String other) throws IOException {
        Files.writeString(file, Files.readString(file).replace(known, other));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<String> files = new ArrayList<>();
            for (Path file : all.sorted().toList()) {
                files.add(file + " " + Files.getLastModifiedTime(file));
            }
            return files;
        }
    }

    @Test
    @Tag("server")
    void doctorComparesThePolicyAtOpaWithTheOneHere() throws IOException {
        try (OpaServer opa = OpaServer.start()) {
            cli = Cli.in(folder, "policy: { folder: governance, url: \"" + opa.url() + "\" }\n");
            assertDoctor(1, "It holds no policy of a mesh");
            assertThat(cli.run("policy", "push").code()).isZero();
            assertDoctor(0, ", as the policy here");
            policy(MILD + "roles:\n  - { name: analyst, groups: [analysts] }\n");
            assertDoctor(1, ", and the policy here is ");
            assertThat(cli.run("policy", "push").code()).isZero();
            assertDoctor(0, ", as the policy here");
        }
        assertDoctor(1, "It cannot be reached in time");
    }

    @Test
    @Tag("server")
    void doctorOnlyAsksWhetherOpaAnswersWhereNothingWasPublished() throws IOException {
        Path fresh = Files.createDirectories(folder.resolve("fresh"));
        try (OpaServer opa = OpaServer.start()) {
            cli = Cli.in(fresh, "policy: { url: \"" + opa.url() + "\" }\n");
            assertDoctor(0, "opa ");
            assertThat(cli.run("doctor").out()).doesNotContain("revision");
        }
        assertThat(fresh.resolve(".mesh")).doesNotExist();
    }

    private void assertDoctor(int code, String says) {
        Result looked = cli.run("doctor");
        assertThat(looked.out()).contains(says);
        assertThat(looked.code()).as(looked.out()).isEqualTo(code);
    }

    @Test
    @Tag("server")
    void buildsABundleThatOpaVerifies() throws IOException {
        Path key = Files.writeString(folder.resolve("bundle-key"), "a secret of HS256, 32 bytes or more\n");
        Path file = folder.resolve("bundle.tar.gz");
        String policy = "policy: { folder: governance, signing-algorithm: HS256, signing-key: \"${file:bundle-key}\"";
        cli = Cli.in(folder, policy + " }\n");
        assertThat(cli.run("policy", "build", "--to", file).code()).isZero();
        byte[] first = Files.readAllBytes(file);
        assertThat(cli.run("policy", "build", "--to", file).code()).isZero();
        assertThat(file).hasBinaryContent(first);

        Path secret = Files.writeString(
                folder.resolve("secret"), Files.readString(key).strip());
        try (OpaServer opa = OpaServer.start(
                "--bundle", file.toString(), "--verification-key", secret.toString(), "--signing-alg", "HS256")) {
            cli = Cli.in(folder, policy + ", url: \"" + opa.url() + "\" }\n");
            assertDoctor(0, ", as the policy here");
        }
    }

    @Test
    void refusesASigningKeyThatStandsInTheConfiguration() throws IOException {
        cli = Cli.in(folder, "policy: { folder: governance, signing-key: abc }\n");
        Result refused = cli.run("policy", "build", "--to", folder.resolve("bundle.tar.gz"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("'signing-key' must be a reference");
    }
}
