package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.TablePolicies;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpaBundleTest {
    private static final int LARGEST = 20 << 20;

    @TempDir
    Path folder;

    private static OpaBundle bundle(int products, int columns, Path... rego) {
        List<GovernedTable> tables = new ArrayList<>();
        for (int product = 0; product < products; product++) {
            tables.add(OpaPolicyDeciderTest.governed(TablePolicies.oneOfMany(product, columns))
                    .get(0));
        }
        return OpaBundle.build(tables, List.of("lake"), List.of(rego));
    }

    @Test
    void givesTheSameBytesForTheSamePolicies() {
        assertThat(bundle(3, 4).bytes()).isEqualTo(bundle(3, 4).bytes());
        assertThat(bundle(3, 4).revision()).isNotEqualTo(bundle(3, 5).revision());
    }

    @Test
    void listsEachTableUnderTheGroupsAndPurposesOfItsGrants() {
        TableSchema schema = new TableSchema(List.of(Field.optional(1, "a", Primitive.STRING)), List.of());
        TablePolicy policy = TablePolicies.policy(
                schema,
                TablePolicies.grant(schema, "any", List.of("a", "b"), List.of(), Map.of()),
                TablePolicies.grant(schema, "some", List.of("b", "purpose:p", "purpose:q"), List.of(), Map.of()));
        Node.Mapping data = PolicyData.of(OpaPolicyDeciderTest.governed(policy), List.of("lake"));
        Map<String, ?> table = Map.of("shop", Map.of("sales", true));
        assertThat(Json.writeCompact(Objects.requireNonNull(data.entries().get("readers"))))
                .isEqualTo(Json.writeCompact(Node.of(new TreeMap<>(Map.of(
                        "a", Map.of("", table), "b", new TreeMap<>(Map.of("", table, "p", table, "q", table)))))));
    }

    @Test
    void isLean() {
        byte[] data = bundle(1_000, 50).files().get("lakemesh/policy/data.json");
        assertThat(data).hasSizeLessThan(LARGEST);
    }

    @Test
    void takesRegoOfTheGovernanceGroupOnly() throws IOException {
        Path own = Files.writeString(folder.resolve("own.rego"), "package lakemesh.decision\n\ndenied := false\n");
        assertThatThrownBy(() -> bundle(1, 1, own))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected 'package governance'");
    }

    @Test
    @Tag("server")
    void isTakenByOpaWithTheGovernanceGroupsRules() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("freeze.rego"),
                "package governance\n\ndeny contains \"frozen\" if input.context.identity.user == \"eve\"\n");
        Path file =
                Files.write(folder.resolve("bundle.tar.gz"), bundle(1, 2, rules).bytes());
        TablePolicy policy = TablePolicies.oneOfMany(0, 2);
        try (OpaServer opa = OpaServer.start("--bundle", file.toString());
                OpaPolicyDecider decider = new OpaPolicyDecider(opa.url(), Duration.ofSeconds(5))) {
            assertThat(decider.decide(Subject.of("ada", "group-1"), policy)).isInstanceOf(Decision.Granted.class);
            assertThat(decider.decide(Subject.of("eve", "group-1"), policy)).isInstanceOf(Decision.Denied.class);
        }
    }

    @Test
    void namesNothingUnescaped() {
        String hostile = "a\"b'c\n]}`${x}\\";
        TableSchema schema = new TableSchema(List.of(Field.optional(1, hostile, Primitive.STRING)), List.of());
        TablePolicy policy = TablePolicies.policy(
                schema, TablePolicies.grant(schema, hostile, List.of(hostile), List.of(), Map.of()));
        String data = new String(
                OpaBundle.build(OpaPolicyDeciderTest.governed(policy), List.of(hostile), List.of())
                        .files()
                        .get("lakemesh/policy/data.json"),
                StandardCharsets.UTF_8);
        assertThat(Documents.parse("data", data, DocumentLimits.MANIFEST).toString())
                .contains(hostile);
    }
}
