package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Holds docs/reference/cli.md against what the commands print: the same keys, no more and no fewer. */
final class CliReferenceTest {
    private static final Pattern SECTION =
            Pattern.compile("^## (.+?)\\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final List<String> FREE = List.of("reasons", "quantiles", "rows[]", "columns");

    private static final String NEW_COLUMN =
            "      - name: note\n        logicalType: string\n    quality:\n      - id: not-empty";

    private final Map<String, String> sections = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void readTheReference() throws IOException {
        Matcher matcher = SECTION.matcher(Files.readString(root().resolve("docs/reference/cli.md")));
        while (matcher.find()) {
            sections.put(matcher.group(1), matcher.group(2));
        }
    }

    static Path root() {
        return Path.of(System.getProperty("lakemesh.root", ".."));
    }

    @Test
    void everyCommandHasASectionAndAnExampleInItsHelp() {
        CommandLine mesh = MeshCommand.commandLine(TestScreens.silent());
        mesh.getSubcommands().forEach((name, command) -> {
            assertThat(sections).containsKey(name);
            assertThat(command.getUsageMessage()).contains("Example:", "mesh " + name, "--config", "--output");
            assertThat(command.getCommandSpec().usageMessage().footer()).isNotEmpty();
        });
    }

    @Test
    void theCommandsPrintWhatTheReferenceSays() throws IOException {
        Cli cli = Cli.in(folder, "keys: { location: keys }\n");
        Path product = folder.resolve("products/orders");
        Path broken = folder.resolve("products/broken");
        Path sample = product.resolve("sample.csv");

        holds("init", cli.json("init", product));
        cli.run("init", broken);
        Path contract = broken.resolve("contracts/orders.odcs.yaml");
        Files.writeString(contract, Files.readString(contract).replace("mustBe: 0", "mustBee: 0"));
        holds("validate", cli.json("validate", product, broken), 2);
        holds("profile", cli.json("profile", sample));
        holds("check", cli.json("check", product, "--input", sample));

        Files.writeString(sample, Files.readString(sample) + "O-6,2026-02-03T00:00:00Z,1.00,lost\n");
        String header = Files.readAllLines(sample).get(0);
        Path bad = Files.writeString(folder.resolve("bad.csv"), header + "\nO-7,2026-02-03T00:00:00Z,1.00,lost\n");
        assertThat(cli.json("publish", product, "--input", bad, "--run-id", "zeroth")
                        .code())
                .isEqualTo(3);
        Result published = cli.json("publish", product, "--input", sample, "--run-id", "first", "--resolves", "zeroth");
        holds("publish", published);
        Files.writeString(
                product.resolve("contracts/orders.odcs.yaml"),
                Files.readString(product.resolve("contracts/orders.odcs.yaml"))
                        .replace("    quality:\n      - id: not-empty", NEW_COLUMN));
        holds("plan", cli.json("plan", product), 11);
        assertThat(cli.run("policy", "check").out()).contains("The policy holds for 1 product");
        governs(cli);
        holds("policy build, policy push", cli.json("policy", "build", "--to", folder.resolve("bundle.tar.gz")));
        configuresTrino();
        holds("diff", diff(cli));
        holds("rollback", cli.json("rollback", "my-domain/orders", "--to", "1"));
        holds("read", cli.json("read", "my-domain/orders@1"));
        holds("quarantine", cli.json("quarantine", "my-domain/orders"));
        holds("history --runs", cli.json("history", "my-domain/orders", "--runs"));
        holds("history", cli.json("history", "my-domain/orders"));
        holds("keys", cli.json("keys", "create", "my-domain"));
        holds("audit", cli.json("audit"));
        holds("audit verify", cli.json("audit", "verify"));
        holds("sync", cli.json("sync"));
        leaveFile(folder.resolve(".mesh/warehouse/my_domain/orders_orders_v1/data"));
        assertThat(cli.run("doctor").out())
                .contains("files of my-domain/orders")
                .contains("1 that nothing needs, 4 bytes: mesh maintain my-domain/orders removes them");
        holds("maintain", cli.json("maintain", "--all"));
        assertThat(cli.run("doctor").out()).contains("none that are 24 h old");
        Path value = Files.writeString(folder.resolve("value.txt"), "O-1\n");
        holds("erase", cli.json("erase", "my-domain/orders", "--key", "order_id=@" + value));
        holds("doctor", cli.json("doctor"));
        Result demo = cli.json("demo", folder.resolve("demo"));
        assertThat(demo.err())
                .contains("Refused:", "Verified:")
                .contains("2026-03-01T00:00:00Z", "ann may not read")
                .contains("analyst     analysts     statistics   null");
        holds("demo", new Result(demo.code(), demo.out(), ""));
        String data = damage(cli, "data");
        Result damaged = cli.json("verify", "my-domain/orders@1");
        holds("verify", damaged, 1);
        assertThat(damaged.out()).contains(data);
        String descriptor = damage(cli, "provenance");
        Result unreadable = cli.json("verify", "my-domain/orders@1");
        assertThat(unreadable.code()).isEqualTo(1);
        assertThat(unreadable.json().list("findings").toString()).contains(descriptor);
    }

    /** A product with a role. */
    private void governs(Cli cli) throws IOException {
        Path product = folder.resolve("products/governed");
        cli.run("init", product);
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        Files.writeString(
                contract,
                Files.readString(contract)
                        + """

                        roles:
                          - role: analyst
                            customProperties:
                              - { property: lakemesh.purpose, value: [statistics] }
                              - { property: lakemesh.row-filter, value: "state = subject.state" }
                              - { property: lakemesh.mask, value: { amount: nul } }
                        """);
        Result wrong = cli.json("policy", "check", product);
        assertThat(wrong.out()).contains("did you mean 'null'?");
        holds("policy check", wrong, 2);
        Files.writeString(contract, Files.readString(contract).replace("nul }", "null }"));
        holds("policy explain", explain(cli, product, "statistics"));
        assertThat(explain(cli, product, "curiosity").code()).isEqualTo(4);
        holds("policy who", cli.json("policy", "who", product + ".amount"));
        testsPolicy(product);
    }

    /** Of a mesh with a policy folder. */
    private void testsPolicy(Path product) throws IOException {
        Path home = Files.createDirectories(folder.resolve("tested"));
        Path tests = Files.createDirectories(home.resolve("policy/tests"));
        Files.writeString(
                home.resolve("policy/mesh-policy.yaml"),
                "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\nclassifications: []\n");
        Files.writeString(
                tests.resolve("orders.yaml"),
                """
                apiVersion: v1.0.0
                kind: PolicyTests
                tests:
                  - name: Strangers see orders
                    product: "*/*"
                    as: { user: eve }
                    expect: { role: analyst }
                """);
        Cli cli = Cli.in(home, "policy: { folder: policy }\n");
        holds("policy test", cli.json("policy", "test", product), 3);
        Path open = home.resolve("products/governed");
        cli.run("init", open);
        Files.writeString(
                open.resolve("contracts/orders.odcs.yaml"),
                Files.readString(product.resolve("contracts/orders.odcs.yaml"))
                        .replace("amount: null", "amount: clear"));
        holds("policy diff", cli.json("policy", "diff", product));
    }

    /** Of a mesh that Trino can read. */
    private void configuresTrino() throws IOException {
        Path home = Files.createDirectories(folder.resolve("in-trino"));
        Cli cli = Cli.in(
                home,
                """
                catalog: { uri: "jdbc:postgresql://127.0.0.1:1/mesh", user: mesh, password: "${env:PGPASSWORD}" }
                policy: { url: "http://127.0.0.1:1", catalog: sea }
                """);
        Path users = Files.writeString(home.resolve("users.yaml"), "ada: [analysts]\n");
        Path etc = home.resolve("etc");
        holds("policy trino-config", cli.json("policy", "trino-config", "--to", etc, "--users", users));
        assertThat(etc.resolve("groups.txt")).hasContent("analysts:ada\n");
        assertThat(etc.resolve("catalog/sea.properties")).isRegularFile();
    }

    private static Result explain(Cli cli, Path product, String purpose) {
        return cli.json("policy", "explain", product, "--as", "ada", "--groups", "analyst", "--purpose", purpose);
    }

    /** As a run does that was killed long ago. */
    private static void leaveFile(Path data) throws IOException {
        Path file = Files.writeString(data.resolve("0b9ef1b0-6a52-4b1c-9d3e-5b8f0c2a7d11-00001.parquet"), "left");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    }

    /** Of a product of its own, with a changed row and a new column. */
    private Result diff(Cli cli) throws IOException {
        Path product = folder.resolve("products/diffed");
        cli.run("init", product);
        cli.run("publish", product, "--input", product.resolve("sample.csv"));
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        Files.writeString(
                contract,
                Files.readString(contract)
                        .replace("version: 1.0.0", "version: 1.1.0")
                        .replace("    quality:\n      - id: not-empty", NEW_COLUMN));
        Path descriptor = product.resolve("product.odps.yaml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("version: 1.0.0", "version: 1.1.0"));
        Path paid = Files.writeString(
                folder.resolve("paid.csv"), "order_id,ordered_at,amount,state\nO-3,2026-01-07T16:02:10Z,120.50,paid\n");
        cli.run("publish", product, "--input", paid, "--mode", "upsert");
        return cli.json("diff", product, "1", "2");
    }

    /** Flips a bit of the first file of a kind. */
    private static String damage(Cli cli, String kind) throws IOException {
        String location = cli.json("verify", "my-domain/orders@1").json().list("files").stream()
                .map(Node.Mapping.class::cast)
                .filter(file -> file.text("kind").filter(kind::equals).isPresent())
                .flatMap(file -> file.text("location").stream())
                .findFirst()
                .orElseThrow();
        Path file = Path.of(location.replaceFirst("^file:(//)?", ""));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        return location;
    }

    private void holds(String section, Result result) {
        holds(section, result, 0);
    }

    /** The same paths of keys, those apart that depend on the data and those that may be absent. */
    private void holds(String section, Result result, int code) {
        assertThat(result.code())
                .as(section + ": " + result.err() + result.out())
                .isEqualTo(code);
        assertThat(result.err()).as(section).isEmpty();
        Matcher example = EXAMPLE.matcher(sections.getOrDefault(section, ""));
        assertThat(example.find()).as("example of " + section).isTrue();
        Set<String> said = paths(Documents.parse("cli.md", example.group(1), DocumentLimits.MANIFEST));
        Set<String> printed = paths(result.json());
        assertThat(printed).as(section).isNotEmpty().isSubsetOf(said);
        said.removeAll(printed);
        said.removeIf(path -> path.matches(
                ".*(\\bnote|(personal|undeclared)\\[\\].*|refusals\\[\\]|created\\[\\]|restores|resolves)"));
        assertThat(said)
                .as("keys that the reference has and " + section + " did not print")
                .isEmpty();
    }

    private static Set<String> paths(Node node) {
        Set<String> paths = new TreeSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(Node node, String path, Set<String> paths) {
        if (node instanceof Node.Mapping mapping && FREE.stream().noneMatch(path::endsWith)) {
            mapping.entries().forEach((key, value) -> collect(value, path.isEmpty() ? key : path + "." + key, paths));
        } else if (node instanceof Node.Sequence sequence) {
            paths.add(path);
            sequence.elements().forEach(element -> collect(element, path + "[]", paths));
        } else {
            paths.add(path);
        }
    }
}
