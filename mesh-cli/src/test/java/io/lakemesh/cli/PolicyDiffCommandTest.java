package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import io.lakemesh.testkit.ProductFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mesh policy diff}: a revision beside this mesh's folder. */
final class PolicyDiffCommandTest {
    private static final String POLICY =
            """
            apiVersion: v1.0.0
            kind: MeshPolicy
            version: 1.0.0
            roles: [{ name: analyst, groups: [analysts] }]
            classifications:
              - name: public
              - name: restricted
                mask: month
            """;
    private static final String CONTRACT =
            """
                properties:
                  - { name: region, logicalType: string, classification: public }
                  - { name: born, logicalType: date, classification: restricted }
            roles:
              - role: analyst
                customProperties:
                  - { property: lakemesh.purpose, value: [statistics] }
                  - { property: lakemesh.row-filter, value: "region IN ('a', 'b')" }
              - role: steward
            """;
    private static final String STEWARD = "  - role: steward\n";
    private static final String TOKENIZED = CONTRACT.replace("region IN ('a', 'b')", "born > DATE '1990-01-01'")
            .replace(
                    "classification: public }",
                    "classification: public, customProperties: [{ property: lakemesh.protection, value: tokenize }] }");
    private static final String REVEALING =
            TOKENIZED.replace(STEWARD, "      - { property: lakemesh.reveal, value: [region] }\n" + STEWARD);
    private static final String REVEALS = POLICY.replace("- name: public", "- { name: public, reveal: [statistics] }")
            + "purposes: [{ name: statistics }]\n";

    @TempDir
    Path folder;

    private Path before;
    private Path now;
    private Cli cli;

    @BeforeEach
    void describe() throws IOException {
        before = folder.resolve("before");
        now = Files.createDirectories(folder.resolve("now"));
        cli = Cli.in(now, "policy: { folder: governance }\n");
        write(before, "policy", POLICY, CONTRACT);
        write(now, "governance", POLICY, CONTRACT);
    }

    private static void write(Path home, String policyFolder, String policy, String contract) {
        ProductFiles.write(home.resolve(policyFolder + "/mesh-policy.yaml"), policy);
        ProductFiles.describe(home.resolve("products/sales"), "retail", "sales", "1.0.0", Map.of("sales", contract));
    }

    /** The changes, with {@code ODCS} for the contract and {@code MESH} for the mesh's policy. */
    private List<String> changes() {
        Result result = cli.run("policy", "diff", before);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out()
                .lines()
                .map(line -> line.replaceAll("\\(\\S*sales.odcs.yaml:", "(ODCS:")
                        .replaceAll("\\(\\S*mesh-policy.yaml:", "(MESH:"))
                .toList();
    }

    @Test
    void saysThatNothingChanged() {
        assertThat(changes()).containsExactly("Nobody sees more, less or otherwise");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IN ('a', 'b') | IN ('b') | loses   retail/sales sales analyst (analysts): rows: rows with region IN ('a', 'b') (ODCS:14:9) -> rows with region IN ('b') (ODCS:14:9)",
                "IN ('a', 'b') | IN ('b', 'c', 'a') | gains   retail/sales sales analyst (analysts): rows: rows with region IN ('a', 'b') (ODCS:13:5) -> rows with region IN ('b', 'c', 'a') (ODCS:14:9)",
                "IN ('a', 'b') | <> 'c' | changes retail/sales sales analyst (analysts): rows: rows with region IN ('a', 'b') (ODCS:14:9) -> rows with region <> 'c' (ODCS:14:9)",
                "value: [statistics] | value: [statistics, research] | gains   retail/sales sales analyst (analysts): purposes: statistics (ODCS:11:5) -> research, statistics (ODCS:11:5)",
                "value: [statistics] | value: [research] | changes retail/sales sales analyst (analysts): purposes: statistics (ODCS:11:5) -> research (ODCS:11:5)",
                "- role: steward | '' | loses   retail/sales sales steward (steward): table: all rows, 1 of 2 columns in clear (ODCS:15:5) -> nothing",
                "- role: steward | `- role: steward\n  - role: other` | gains   retail/sales sales other (other): table: nothing -> all rows, 1 of 2 columns in clear (ODCS:16:5)",
                "{ name: born, | { name: birth, | gains   retail/sales sales analyst (analysts): column birth: nothing -> month (MESH:8:5)",
                "{ name: born, | { name: birth, | loses   retail/sales sales steward (steward): column born: month (MESH:8:5) -> nothing",
            })
    void tellsWhatAContractChanges(String from, String to, String line) {
        write(now, "governance", POLICY, CONTRACT.replace(from, to.equals("''") ? "" : to));

        assertThat(changes()).anySatisfy(change -> assertThat(change.replaceAll("ODCS:\\d+:\\d+", "ODCS"))
                .isEqualTo(line.replaceAll("ODCS:\\d+:\\d+", "ODCS")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mask: month | mask: year | loses   | month (MESH:8:5) -> year (MESH:8:5)",
                "mask: month | mask: clear | gains   | month (MESH:8:5) -> clear (MESH:8:5)",
                "    mask: month | `` | gains   | month (MESH:8:5) -> clear (MESH:7:5)",
            })
    void tellsWhatTheMeshsPolicyDoesToTables(String from, String to, String effect, String what) {
        write(now, "governance", POLICY.replace(from, to), CONTRACT);

        assertThat(changes())
                .startsWith(effect.strip() + " ".repeat(8 - effect.strip().length())
                        + "retail/sales sales analyst (analysts): column born: " + what)
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| drop | loses | nothing -> drop (ODCS:10:91)",
                "drop | | gains | drop (ODCS:10:91) -> nothing",
                "generalize(month) | generalize(year) | changes | generalize(month) (ODCS:10:91) -> generalize(year) (ODCS:10:91)",
                "drop | drop | |",
            })
    void tellsWhatIsStoredOfAColumnInstead(
            @Nullable String from, @Nullable String to, @Nullable String effect, @Nullable String what) {
        write(before, "policy", POLICY, CONTRACT.replace("restricted }", "restricted" + protection(from)));
        write(now, "governance", POLICY, CONTRACT.replace("restricted }", "restricted" + protection(to)));

        if (what == null) {
            assertThat(changes()).containsExactly("Nobody sees more, less or otherwise");
        } else {
            assertThat(changes())
                    .startsWith(
                            String.format("%-8s", effect) + "retail/sales sales: protection of column born: " + what)
                    .hasSize(2);
        }
    }

    @Test
    void tellsOfANewColumnOnlyWhatIsSeenOfIt() {
        String column =
                "      - { name: died, logicalType: date, classification: restricted" + protection("drop") + "\n";
        write(now, "governance", POLICY, CONTRACT.replace("roles:\n", column + "roles:\n"));

        assertThat(changes())
                .hasSize(3)
                .anyMatch(change -> change.startsWith("gains   retail/sales sales analyst (analysts): column died: "))
                .noneMatch(change -> change.contains("protection of column"));
    }

    private static String protection(@Nullable String text) {
        return text == null ? " }" : ", customProperties: [{ property: lakemesh.protection, value: '" + text + "' }] }";
    }

    @Test
    void namesThePlaceThatGivesARoleToGroups() {
        write(now, "governance", POLICY.replace("roles: [{ name: analyst, groups: [analysts] }]\n", ""), CONTRACT);

        assertThat(changes())
                .contains(
                        "gains   retail/sales sales analyst (analyst): groups: analysts (MESH:4:26) -> analyst (ODCS:12:5)",
                        "loses   retail/sales sales analyst (analysts): groups: analysts (MESH:4:26) -> analyst (ODCS:12:5)");
    }

    @Test
    void tellsWhoMayRevealWhat() {
        write(before, "policy", REVEALS, TOKENIZED);
        write(now, "governance", REVEALS, REVEALING);
        assertThat(changes())
                .containsExactly(
                        "gains   retail/sales sales analyst (analysts): values of region: nothing ->"
                                + " may be revealed (ODCS:16:11)",
                        "1 gains, 0 loses, 0 changes");

        write(before, "policy", REVEALS, REVEALING);
        write(now, "governance", REVEALS, TOKENIZED);
        assertThat(changes())
                .containsExactly(
                        "loses   retail/sales sales analyst (analysts): values of region: may be revealed"
                                + " (ODCS:16:11) -> nothing",
                        "0 gains, 1 loses, 0 changes");

        write(now, "governance", REVEALS, REVEALING.replace("role: analyst", "role: other"));
        assertThat(changes())
                .anyMatch(change -> change.startsWith("gains   retail/sales sales other (other): table: nothing ->")
                        && change.contains("1 of 2 columns in clear, may reveal region ("));
    }

    @Test
    void tellsOfGroupsOfTheOrderOfRolesAndOfProducts() {
        write(
                now,
                "governance",
                POLICY.replace("[analysts]", "[students, staff]"),
                CONTRACT.replace(STEWARD, "").replace("roles:\n", "roles:\n" + STEWARD));
        ProductFiles.describe(now.resolve("products/more"), "retail", "more", "1.0.0", Map.of("more", CONTRACT));

        assertThat(changes())
                .hasSize(6)
                .anyMatch(change -> change.startsWith("changes retail/sales sales: order of roles: analyst, steward ("))
                .anyMatch(
                        change -> change.startsWith(
                                "gains   retail/sales sales analyst (staff, students): groups: analysts (MESH:4:26) -> staff, students (MESH:4:26)"))
                .anyMatch(change ->
                        change.startsWith("loses   retail/sales sales analyst (analysts): groups: analysts ("))
                .anyMatch(
                        change -> change.startsWith(
                                "gains   retail/more more analyst (staff, students): table: nothing -> rows with region IN ('a', 'b'), 1 of"))
                .contains("3 gains, 1 loses, 1 changes");
    }

    @Test
    void refusesARevisionThatCannotBeReadOrHasNoProduct() {
        ProductFiles.write(before.resolve("products/sales/sales.odcs.yaml"), "kind: DataContract\n");
        Result broken = cli.run("policy", "diff", before, now);
        assertThat(broken.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(broken.err()).contains(before.resolve("products/sales/sales.odcs.yaml") + ":1:1");

        Result empty = cli.run("policy", "diff", before.resolve("policy"));
        assertThat(empty.code()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(empty.err()).contains("there is no product in it, expected an *.odps.yaml");
    }
}
