package io.lakemesh.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.LittleProduct;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.TablePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people expect of the policy: read strictly, and told where it does not hold. */
class PolicyTestsTest {
    private static final String HEAD = "apiVersion: v1.0.0\nkind: PolicyTests\ntests:\n";
    private static final String ANN = "as: { user: ann, groups: [analyst, \"region:Bath\"], purpose: statistics }";
    private static final String CONTRACT =
            """
            schema:
              - name: Sales
                properties:
                  - { name: region, logicalType: string }
                  - { name: amount, logicalType: number, physicalType: "decimal(9, 2)" }
                  - { name: sold_at, logicalType: timestamp, physicalType: timestamptz }
                  - { name: pieces, logicalType: integer }
                  - { name: paid, logicalType: boolean }
            roles:
              - role: analyst
                customProperties:
                  - { property: lakemesh.purpose, value: [statistics] }
                  - { property: lakemesh.row-filter, value: "region = subject.region AND pieces > 1" }
                  - { property: lakemesh.mask, value: { amount: round(-1), sold_at: month, paid: null } }
              - role: steward
            """;

    @TempDir
    Path folder;

    private List<TablePolicy> tables;

    @BeforeEach
    void compile() {
        ProductContract product = LittleProduct.ofSchema(CONTRACT);
        tables = product.tables().stream()
                .map(table -> Policies.of(product, table, table.schema().numbered(), MeshPolicy.NONE))
                .toList();
    }

    private PolicyTests read(String tests) throws IOException {
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/sales.yaml"), tests);
        return PolicyTests.read(folder);
    }

    private static String test(String... lines) {
        return HEAD + "  - name: x\n    product: retail/Shop Sales\n    " + String.join("\n    ", lines) + "\n";
    }

    /** What is not met, with its line and column. */
    private List<String> failures(String tests) throws IOException {
        return read(tests).on(tables).stream()
                .flatMap(trial -> trial.failures(List.of(EnforcementPoint.EMBEDDED)).stream())
                .map(failure -> failure.place().line() + ": at " + failure.point() + ": expected " + failure.expected()
                        + ", got " + failure.got())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "role: analyst | ",
                "role: steward | 7: at embedded: expected role steward, got role analyst",
                "rows: \"pieces > 1 AND region IN ('Bath')\" | ",
                "rows: \"region = subject.region AND 1 < pieces\" | ",
                "rows: all | 7: at embedded: expected all rows, got rows region IN ('Bath') AND pieces > 1",
                "rows: region = 'Bath' | 7: at embedded: expected rows region = 'Bath', got rows region IN ('Bath') AND pieces > 1",
                "rows: pieces > 1 | 7: at embedded: expected rows pieces > 1, got rows region IN ('Bath') AND pieces > 1",
                "rows: region = subject.region AND pieces > 1 AND paid | 7: at embedded: expected rows region IN ('Bath') AND pieces > 1 AND paid, got rows region IN ('Bath') AND pieces > 1",
                "columns: { region: clear, amount: round(-1), sold_at: month, paid: hidden } | ",
                "columns: { paid: null } | ",
                "columns: { amount: clear } | 7: at embedded: expected amount clear, got amount round(-1)",
                "columns: { region: hidden } | 7: at embedded: expected region null, got region clear",
                "reveals: [] | ",
                "reveals: [region] | 7: at embedded: expected reveals [region], got reveals []",
                "denied: true | 7: at embedded: expected denied, got role analyst",
            })
    void tellsWhatIsNotMet(String expectation, String failure) throws IOException {
        assertThat(failures(test(ANN, "expect: { " + expectation + " }")))
                .containsExactlyElementsOf(failure == null ? List.of() : List.of(failure));
    }

    @Test
    void readsTheExampleOfTheReference() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/policy.md"));
        int start = page.lastIndexOf("```yaml\n", page.indexOf("kind: PolicyTests")) + "```yaml\n".length();
        String example = page.substring(start, page.indexOf("```", start));

        assertThatThrownBy(() -> read(example).on(tables))
                .isInstanceOfSatisfying(InvalidInputException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message()).startsWith("no product 'retail/sales'")));
    }

    @Test
    void triesSampleRows() throws IOException {
        String given =
                "given: [{ region: Bath, amount: 17.50, sold_at: \"2026-03-05T09:00:00Z\", pieces: 2, paid: true },"
                        + " { region: York, pieces: 3 }, { region: Bath }]";
        String seen = "[{ region: Bath, amount: 10, sold_at: \"2026-03-01T00:00:00Z\", pieces: 2, paid: null }]";

        assertThat(failures(test(ANN, given, "expect: { sees: " + seen + " }"))).isEmpty();
        assertThat(failures(test(ANN, given, "expect: { sees: " + seen.replace("10", "17.5") + " }")))
                .containsExactly("8: at embedded: expected amount = 17.50, got amount = 10.00");
        assertThat(failures(test(ANN, given, "expect: { sees: [] }")))
                .containsExactly("8: at embedded: expected 0 rows seen, got 1 row seen");
    }

    @Test
    void whoIsDeniedSeesNothing() throws IOException {
        String eve = "as: { user: eve, groups: [analyst] }";

        assertThat(failures(test(eve, "expect: { denied: true }"))).isEmpty();
        assertThat(failures(test(eve, "expect: { role: analyst, columns: { region: clear } }")))
                .containsExactly("7: at embedded: expected not denied, got denied: role analyst may read it for the"
                        + " purposes [statistics] only; state one of them");
    }

    @Test
    void anAnswerThatCannotBeToldIsNoDenial() throws IOException {
        EnforcementPoint broken = EnforcementPoint.of("elsewhere", (subject, table) -> {
            throw new MeshException("it is gone");
        });

        assertThat(read(test(ANN, "expect: { denied: true }")).on(tables).get(0).failures(List.of(broken)))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.expected()).isEqualTo("an answer");
                    assertThat(failure.got()).isEqualTo("it is gone");
                });
    }

    @Test
    void aPatternSelectsManyAndOneThatSelectsNothingIsWrong() throws IOException {
        String many = test(ANN, "expect: { role: analyst }");

        assertThat(read(many.replace("retail/Shop Sales", "\"*/Shop Sales\"")).on(tables))
                .hasSize(1);
        assertProblems(
                many.replace("retail/Shop Sales", "retail/Shop Sale"),
                "5:5: no product 'retail/Shop Sale', there are [retail/Shop Sales]; did you mean 'retail/Shop Sales'?");
        assertProblems(
                test("object: Sale", ANN, "expect: { role: analyst }"),
                "6:5: no object 'Sale', there are [Sales]; did you mean 'Sales'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "expect: {} | 7:13: this expects nothing, expected denied, role, rows, columns, reveals or sees",
                "expect: { denied: false } | 7:15: expected true; of who is not denied, say what is seen",
                "expect: { denied: true, role: analyst } | 7:15: whoever is denied sees nothing, expected no other key here",
                "expect: { sees: [] } | 7:5: a test has the rows that are there (given) and what is seen of them (expect: sees), or neither",
                "expect: { mask: x } | 7:15: unknown key 'mask' in an expectation, expected one of denied, role, rows, columns, reveals, sees",
                "expect: { reveals: [amont] } | 7:15: no column 'amont'",
                "expect: { columns: { amont: clear } } | 7:26: no column 'amont' in retail.",
                "expect: { columns: { amount: month } } | 7:26: mask month is for dates and timestamps, and this is a decimal(9, 2)",
                "expect: { columns: { amount: clean } } | 7:26: Invalid mask: expected one of clear",
                "expect: { columns: { amount: [clear] } } | 7:26: expected clear, hidden or a mask such as month",
                "expect: { rows: nobody } | 7:15: Invalid predicate at character 1",
            })
    void refusesWhatCanNeverBeMet(String expectation, String problem) throws IOException {
        assertProblems(test(ANN, expectation), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount: 1.234", "amount: 12345678.90", "amount: x", "pieces: 1.5", "pieces: 99999999999999999999",
                "paid: 1", "sold_at: yesterday", "region: 7", "region: [Bath]", "regio: Bath"
            })
    void refusesSamplesThatTheTableCannotHold(String value) throws IOException {
        String tests = test(ANN, "given: [{ " + value + " }]", "expect: { sees: [] }");

        assertThatThrownBy(() -> read(tests).on(tables))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(".*tests/sales.yaml:7:\\d+: (this is no .* that a sample can hold|no column .*)");
    }

    @Test
    void saysEverythingThatIsWrongInAllFilesAtOnce() throws IOException {
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/a.yaml"), HEAD.replace("tests:", "tests: []"));
        Files.writeString(folder.resolve("tests/b.yml"), HEAD);
        Files.writeString(
                folder.resolve("tests/c.yaml"),
                test("as: { user: \"\" }", "expect: { denied: true }") + "  - { name: y }\n");

        assertThatThrownBy(() -> PolicyTests.read(folder)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(String.valueOf(e.getMessage())
                            .replace(folder + "/tests/", "")
                            .lines())
                    .contains(
                            "b.yml: expected files of tests here only, named *.yaml",
                            "a.yaml:3:8: 'tests' has 0 elements, expected at least 1",
                            "c.yaml:8:5: a test lacks the key 'product', expected text");
        });
    }

    @Test
    void noTestsAtAllAreNoPass() throws IOException {
        assertThatThrownBy(() -> PolicyTests.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("tests: there is no such folder, expected tests of the policy in it");
        Files.createDirectories(folder.resolve("tests"));
        assertThatThrownBy(() -> PolicyTests.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("tests: there is no test, expected files named *.yaml");
        assertThatThrownBy(() -> read(test(ANN, "expect: { denied: true }")).on(List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no product 'retail/Shop Sales': nothing was published");
    }

    private void assertProblems(String tests, String problem) {
        String file = folder.resolve("tests/sales.yaml").toString();
        assertThatThrownBy(() -> read(tests).on(tables))
                .isInstanceOfSatisfying(InvalidInputException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .satisfies(found -> assertThat(found.toString()).startsWith(file + ":" + problem)));
    }
}
