package io.lakemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.classify.PersonalKind;
import io.lakemesh.classify.Proposal;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.policy.MeshPolicy.Classification;
import io.lakemesh.policy.MeshPolicy.RowFilter;
import io.lakemesh.policy.MeshPolicy.Undeclared;
import io.lakemesh.schema.DataType.Primitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshPolicyTest {
    private static final String HEAD = "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\n";

    @TempDir
    Path folder;

    private MeshPolicy read(String text) throws IOException {
        Files.writeString(folder.resolve("mesh-policy.yaml"), text);
        return MeshPolicy.read(folder);
    }

    @Test
    void readsTheExampleOfTheReference() throws IOException {
        MeshPolicy policy = read(example());

        assertThat(policy.purposes()).containsExactlyInAnyOrder("statistics", "investigation");
        assertThat(policy.groups("analyst")).containsExactly("analysts");
        assertThat(policy.groups("steward")).containsExactly("steward");
        assertThat(policy.classifications())
                .extracting(Classification::name)
                .containsExactly("public", "restricted", "special-category");
        assertThat(mask(policy, "public", "analyst")).isEqualTo("clear");
        assertThat(mask(policy, "restricted", "reader")).isEqualTo("null");
        assertThat(mask(policy, "restricted", "analyst")).isEqualTo("month");
        assertThat(mask(policy, "special-category", "analyst")).isEqualTo("null");
        assertThat(policy.rowFilters()).singleElement().satisfies(filter -> {
            assertThat(filter.where()).isEqualTo("region = subject.region");
            assertThat(filter.except()).containsExactly("steward");
            assertThat(filter.place().line()).isPositive();
        });
        assertThat(policy.regulations().get(0).requires()).containsExactlyInAnyOrder("purpose", "retention");
    }

    private static String example() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/policy.md"));
        int start = page.indexOf("```yaml\napiVersion") + "```yaml\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    private static String mask(MeshPolicy policy, String classification, String role) {
        return policy.classification(classification)
                .orElseThrow()
                .masksFor(role)
                .fitting(new StoredColumn(Primitive.DATE, null))
                .orElseThrow()
                .toString();
    }

    @Test
    void saysEverythingThatDoesNotHoldTogetherAtOnce() {
        assertProblems(
                HEAD
                        + """
                        classifications:
                          - { name: a, mask: nul }
                          - { name: a, mask: [null, last(0)] }
                          - { name: b, exceptions: [{ role: r, mask: null }, { role: r, mask: clear }] }
                        roles:
                          - { name: r, groups: [] }
                          - { name: r, groups: [g] }
                        purposes: [{ name: p }, { name: p }]
                        rowFilters:
                          - { id: f, where: "x = 1", products: [] }
                          - { id: f, where: "x = 2" }
                          - { id: g, where: "x >" }
                          - { id: h, where: "x = 1 AND (y = subject.y", products: [] }
                        regulations:
                          - { name: GDPR, classifications: [c, b], requires: [purpose] }
                          - { name: GDPR, classifications: [b], requires: [purpose] }
                        """,
                "5:16: Invalid mask: expected one of clear, null, constant, first, last, round, year, month, day, hour, bands, pseudonym, token;"
                        + " did you mean 'null'?",
                "6:16: Invalid mask: last takes a whole number from 1 to 100",
                "7:56: the role stands twice, also in mesh-policy.yaml:7:40",
                "6:7: 'a' stands twice, also in mesh-policy.yaml:5:7",
                "10:7: 'r' stands twice, also in mesh-policy.yaml:9:7",
                "11:27: 'p' stands twice, also in mesh-policy.yaml:11:14",
                "14:7: 'f' stands twice, also in mesh-policy.yaml:13:7",
                "19:7: 'GDPR' stands twice, also in mesh-policy.yaml:18:7",
                "18:19: unknown classification 'c'; did you mean 'a'?",
                "9:16: a role without groups lets nobody in, expected at least one",
                "13:30: a row filter without products filters nothing, expected at least one; without this key it is for all",
                "15:14: Invalid predicate at character 4: expected a column, a value or a function, found the end",
                "16:49: a row filter without products filters nothing, expected at least one; without this key it is for all",
                "16:14: Invalid predicate at character 25: expected ')', found the end");
    }

    @Test
    void saysEverythingThatHasTheWrongShapeAtOnce() {
        assertProblems(
                """
                apiVersion: v2.0.0
                kind: MeshPolicy
                classification: []
                classifications:
                  - { name: a, masks: null }
                  - { mask: {}, exceptions: { role: r } }
                  - { name: b, mask: [] }
                roles: [{ name: r, groups: g }]
                purposes:
                rowFilters: [{ id: 1, where: true, product: [x], except: null }]
                regulations: [{ name: GDPR, classifications: [a], requires: [consent] }]
                undeclared: deny
                """,
                "1:1: the mesh policy lacks the key 'version', expected text",
                "1:13: 'apiVersion' is 'v2.0.0', expected one of v1.0.0",
                "3:1: unknown key 'classification' in the mesh policy; did you mean 'classifications'?",
                "5:16: unknown key 'masks' in a classification; did you mean 'mask'?",
                "6:5: a classification lacks the key 'name', expected text",
                "6:13: 'mask' is a mapping, expected a single value",
                "6:29: 'exceptions' is a mapping, expected a list",
                "7:22: 'mask' has 0 elements, expected at least 1",
                "8:28: 'groups' is text, expected a list",
                "9:10: 'purposes' is null, expected a list",
                "10:20: 'id' is a number, expected text (put it in quotes)",
                "10:30: 'where' is a boolean, expected text (put it in quotes)",
                "10:36: unknown key 'product' in a row filter; did you mean 'products'?",
                "10:58: 'except' is null, expected a list",
                "11:62: an element of 'requires' is 'consent', expected one of purpose, retention, protection",
                "12:13: 'undeclared' is 'deny', expected one of warn, refuse");
    }

    @Test
    void warnsOfWhatIsUndeclaredUnlessItRefuses() throws IOException {
        assertThat(MeshPolicy.NONE.undeclared()).isEqualTo(Undeclared.WARN);
        assertThat(read(HEAD + "classifications: []\n").undeclared()).isEqualTo(Undeclared.WARN);
        assertThat(read(HEAD + "classifications: []\nundeclared: warn\n").undeclared())
                .isEqualTo(Undeclared.WARN);
        assertThat(read(HEAD + "classifications: []\nundeclared: refuse\n").undeclared())
                .isEqualTo(Undeclared.REFUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', confidential, restricted",
        "'public, internal, confidential, restricted', confidential, restricted",
        "'public, restricted, special-category', restricted, restricted",
        "'public, internal', internal, internal",
        "'open, closed', closed, closed",
        "'open, special-category', special-category, special-category",
    })
    void proposesAClassThatTheMeshHas(String classes, String forMail, String forCards) throws IOException {
        String names = classes.isEmpty() ? "" : "{ name: " + classes.replace(", ", " }, { name: ") + " }";
        MeshPolicy policy = read(HEAD + "classifications: [" + names + "]\n");
        assertThat(policy.classificationFor(new Proposal(PersonalKind.EMAIL, "")))
                .isEqualTo(forMail);
        assertThat(policy.classificationFor(new Proposal(PersonalKind.CARD, "")))
                .isEqualTo(forCards);
    }

    private void assertProblems(String text, String... problems) {
        String file = folder.resolve("mesh-policy.yaml").toString();
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidInputException.class, thrown -> assertThat(
                        thrown.problems().stream().map(problem -> problem.toString()
                                .replace(file, "mesh-policy.yaml")
                                .replaceFirst("^mesh-policy.yaml:", "")))
                .containsExactly(problems));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "classifications: [{ name: a, mask: null, mask: clear }] | the key 'mask' stands here again, first at line 4",
                "classifications: [{ <<: { name: a } }] | <<",
                "classifications: [!!java.io.File x] | tag",
                "classifications: [{ name: a, mask: !secret x }] | tag",
                "classifications: [{ name: a }] --- {} | expected",
                "classifications: [{ name: a } | expected",
            })
    void refusesHostileYaml(String rest, String message) {
        assertThatThrownBy(() -> read(HEAD + rest.replace("`", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(folder.resolve("mesh-policy.yaml") + ":")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "text", "{}"})
    void refusesWhatIsNoPolicy(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s).*mesh-policy.yaml:.*(lacks the key 'kind'|expected a mapping).*");
    }

    @Test
    void refusesFilesWithoutEnd() {
        for (String text : List.of(
                "#".repeat(20_000_000),
                HEAD + "classifications: " + "[".repeat(100_000),
                HEAD + "roles: [&a { name: a, groups: [g] }" + ", *a".repeat(1_001) + "]")) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(folder.resolve("mesh-policy.yaml") + ":");
        }
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Files.write(folder.resolve("mesh-policy.yaml"), "kind: Zo\u00eb".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> MeshPolicy.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void refusesAFolderWithoutOneAndALinkOutOfIt(@TempDir Path elsewhere) throws IOException {
        String message = folder.resolve("mesh-policy.yaml") + ": there is no such file, expected the mesh's policy";
        assertThatThrownBy(() -> MeshPolicy.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
        Path target = Files.writeString(elsewhere.resolve("other.yaml"), HEAD + "classifications: [{ name: a }]\n");
        Files.createSymbolicLink(folder.resolve("mesh-policy.yaml"), target);
        assertThatThrownBy(() -> MeshPolicy.read(folder)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "*, true", "retail/*, true", "*/shop, true", "retail/sh*p, true", "retail/shop, true", "retail/shopp, false",
        "retail/sho, false", "retail/sh.p, false", "Retail/*, false", "re*, true", "shop, false", "\\Eretail/*, false",
    })
    void aPatternOfProductsKnowsTheStarOnly(String pattern, boolean matches) {
        RowFilter filter = new RowFilter("f", "x = 1", List.of(pattern), Set.of(), Place.of("p"));
        assertThat(filter.concerns(new ProductAddress("retail", "shop"))).isEqualTo(matches);
    }
}
