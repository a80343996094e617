package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mesh policy test}, from the files to the exit code. */
final class PolicyTestCommandTest {
    private static final String CONTRACT =
            """
                properties:
                  - { name: region, logicalType: string, classification: public }
                  - { name: born, logicalType: date, classification: restricted }
            roles:
              - role: analyst
                customProperties:
                  - { property: lakemesh.row-filter, value: "region = subject.region" }
            """;
    private static final String POLICY =
            """
            apiVersion: v1.0.0
            kind: MeshPolicy
            version: 1.0.0
            classifications:
              - name: public
              - name: restricted
                mask: month
            """;
    private static final String TESTS =
            """
            apiVersion: v1.0.0
            kind: PolicyTests
            tests:
              - name: An analyst sees months of the own region
                product: retail/sales
                as: { user: ann, groups: [analyst, "region:it's"] }
                given: [{ region: it's, born: "1980-05-17" }, { region: York }]
                expect:
                  role: analyst
                  rows: region = 'it''s'
                  columns: { region: clear, born: month }
                  sees: [{ region: it's, born: "1980-05-01" }]
              - name: Others see nothing
                product: "retail/*"
                as: { user: eve, groups: [analysts] }
                expect: { denied: true }
            """;

    @TempDir
    Path folder;

    private Path describe(Cli cli) {
        Path product = ProductFiles.describe(
                folder.resolve("products/sales"), "retail", "sales", "1.0.0", Map.of("sales", CONTRACT));
        ProductFiles.write(folder.resolve("policy/mesh-policy.yaml"), POLICY);
        tests(TESTS);
        assertThat(cli.run("validate", product).code()).isZero();
        return product;
    }

    private void tests(String text) {
        ProductFiles.write(folder.resolve("policy/tests/sales.yaml"), text);
    }

    private Path publish(Cli cli) {
        Path product = describe(cli);
        Path rows = ProductFiles.write(folder.resolve("sales.csv"), "region,born\nit's,1980-05-17\n");
        Result published = cli.run("publish", product, "--input", rows);
        assertThat(published.code()).as(published.err()).isZero();
        return product;
    }

    @Test
    void triesAProductBeforeItIsPublished() throws IOException {
        Cli cli = Cli.in(folder, "policy: { folder: policy }\n");
        Path product = describe(cli);

        Result met = cli.run("policy", "test", product);

        assertThat(met.code()).as(met.err()).isZero();
        assertThat(met.out().lines())
                .containsExactly(
                        "met      retail.sales_sales_v1: An analyst sees months of the own region (embedded)",
                        "met      retail.sales_sales_v1: Others see nothing (embedded)",
                        "2 expectations met");
        Result nothing = cli.run("policy", "test");
        assertThat(nothing.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(nothing.err()).contains("tests/sales.yaml:5:5: no product 'retail/sales': nothing was published");
    }

    @Test
    void saysWhereWhatIsNotMet() throws IOException {
        Cli cli = Cli.in(folder, "policy: { folder: policy }\n");
        publish(cli);
        tests(TESTS.replace("born: month", "born: year").replace("[analysts]", "[analyst]"));

        Result unmet = cli.run("policy", "test");

        assertThat(unmet.code()).isEqualTo(ExitCode.REFUSED);
        String file = "  " + folder.resolve("policy/tests/sales.yaml");
        assertThat(unmet.out().lines())
                .containsExactly(
                        "not met  retail.sales_sales_v1: An analyst sees months of the own region (embedded)",
                        file + ":11:33: at embedded: expected born year, got born month",
                        "not met  retail.sales_sales_v1: Others see nothing (embedded)",
                        file + ":16:15: at embedded: expected denied, got role analyst",
                        "2 of 2 expectations not met");
    }

    @Test
    void refusesWrongTestsAndAMeshWithoutPolicy() throws IOException {
        Cli cli = Cli.in(folder, "policy: { folder: policy }\n");
        publish(cli);
        tests(TESTS.replace("born: month", "born: monht").replace("\"retail/*\"", "\"retial/*\""));

        Result wrong = cli.run("policy", "test");

        assertThat(wrong.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(wrong.err())
                .contains("sales.yaml:11:33: Invalid mask: expected", "sales.yaml:14:5: no product 'retial/*'");
        assertThat(Cli.in(folder).run("policy", "test").err())
                .isEqualTo("error: Cannot find tests of the policy: mesh.yaml names no policy.folder\n");
    }

    @Test
    @Tag("server")
    void triesEveryPlaceThatEnforcesThePolicy() throws IOException {
        try (OpaServer opa = OpaServer.start()) {
            Cli cli = Cli.in(folder, "policy: { folder: policy, decider: opa, url: \"" + opa.url() + "\" }\n");
            publish(cli);
            Result unknown = cli.run("policy", "test");
            assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(failingPoints(unknown)).containsExactly("opa", "trino", "opa", "trino");
            assertThat(unknown.out()).contains("expected an answer, got Open Policy Agent holds no policy");

            assertThat(cli.run("policy", "push").code()).isZero();
            assertThat(cli.json("audit", "--limit", "1").out()).contains("\"policy-push\"", "\"granted\"");
            Result met = cli.run("policy", "test");
            assertThat(met.code()).as(met.out()).isZero();
            assertThat(met.out()).contains("Others see nothing (embedded, opa, trino)", "2 expectations met");

            ProductFiles.write(folder.resolve("policy/mesh-policy.yaml"), POLICY.replace("month", "year"));
            Result behind = cli.run("policy", "test");
            assertThat(behind.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(behind.out())
                    .contains("at embedded: expected born month, got born year")
                    .contains("at trino: expected an answer, got Open Policy Agent holds another revision");
        }
    }

    private static List<String> failingPoints(Result result) {
        return result.out()
                .lines()
                .filter(line -> line.contains(": at "))
                .map(line -> line.replaceFirst(".*: at ([a-z]+): .*", "$1"))
                .toList();
    }
}
