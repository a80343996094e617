package io.lakemesh.policy;

import static io.lakemesh.policy.GovernedProducts.problems;
import static io.lakemesh.policy.GovernedProducts.product;
import static io.lakemesh.policy.GovernedProducts.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may reveal what: the contract says it for a purpose, and the mesh's policy allows it for that. */
class RevealRulesTest {
    private static final String COLUMNS =
            """
            schema:
              - name: Sales
                properties:
                  - { name: region, logicalType: string, classification: public }
                  - { name: name, logicalType: string, classification: restricted, customProperties: [{ property: lakemesh.protection, value: tokenize }] }
                  - { name: note, logicalType: string, classification: restricted, customProperties: [{ property: lakemesh.protection, value: encrypt(shared) }] }
                  - { name: mail, logicalType: string, classification: restricted, customProperties: [{ property: lakemesh.protection, value: pseudonymize }] }
            """;

    private static final String RESTRICTED = "  - name: restricted\n";

    @TempDir
    Path folder;

    private MeshPolicy mesh;

    @BeforeEach
    void read() throws IOException {
        mesh = GovernedProducts.mesh(folder, RESTRICTED, RESTRICTED + "    reveal: [research]\n");
    }

    private static Decision.Granted decide(ProductContract product, MeshPolicy mesh, Subject subject) {
        return decide(product, product.tables().get(0), mesh, subject);
    }

    private static Decision.Granted decide(
            ProductContract product, TableContract table, MeshPolicy mesh, Subject subject) {
        return (Decision.Granted)
                Policies.of(product, table, table.schema().numbered(), mesh).decide(subject);
    }

    @Test
    void revealsWhatTheContractNamesForAPurposeThatTheMeshAllows() {
        ProductContract product = product(
                COLUMNS,
                role("analyst", "purpose: [research]", "reveal: [name, Sales.note]"),
                role("steward", "purpose: [statistics]"));

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decide(product, mesh, Subject.of("ada", "analysts", "purpose:research"))
                        .revealable())
                .isEqualTo(Map.of(2, new Keyed(Kind.TOKENIZE), 3, new Keyed(Kind.ENCRYPT, "shared")));
        assertThat(decide(product, mesh, Subject.of("sue", "steward", "purpose:statistics"))
                        .revealable())
                .isEmpty();
    }

    @Test
    void needsNoMeshPolicyButAPurpose() {
        ProductContract product = product(COLUMNS, role("analyst", "purpose: [any]", "reveal: [name]"));

        assertThat(problems(product, MeshPolicy.NONE)).isEmpty();
        assertThat(decide(product, MeshPolicy.NONE, Subject.of("ada", "analyst", "purpose:any"))
                        .revealable())
                .containsOnlyKeys(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reveal: [name] | role analyst may reveal columns for no purpose; give it lakemesh.purpose",
                "purpose: [research]; reveal: [] | lakemesh.reveal is empty, expected a list of columns",
                "purpose: [research]; reveal: [nme] | no column 'nme'; did you mean 'name'?",
                "purpose: [research]; reveal: [region] | nothing leads back from what is stored of column 'region': its"
                        + " lakemesh.protection is neither tokenize nor encrypt",
                "purpose: [research]; reveal: [mail] | nothing leads back from what is stored of column 'mail': its"
                        + " lakemesh.protection is neither tokenize nor encrypt",
                "purpose: [research, statistics]; reveal: [name] | column 'name' would be revealed for statistics, but the"
                        + " mesh's policy allows it of restricted columns only for research",
            })
    void refusesWhatIsNotSaidOrAllowedAndRevealsNothing(String properties, String problem) {
        ProductContract product = product(COLUMNS, role("analyst", properties.split("; ")));

        assertThat(problems(product, mesh)).anyMatch(found -> found.startsWith(problem));
        Subject subject = Subject.of("ada", "analysts", "purpose:research", "purpose:statistics");
        assertThat(decide(product, mesh, subject).revealable()).isEmpty();
    }

    @Test
    void revealsNothingUnlessTheMeshAllowsIt(@TempDir Path other) throws IOException {
        ProductContract product = product(COLUMNS, role("analyst", "purpose: [research]", "reveal: [name]"));

        MeshPolicy silent = GovernedProducts.mesh(other);
        assertThat(problems(product, silent))
                .containsExactly("column 'name' would be revealed for research, but the mesh's policy allows it of"
                        + " restricted columns for no purpose");
        assertThat(decide(product, silent, Subject.of("ada", "analysts", "purpose:research"))
                        .revealable())
                .isEmpty();
    }

    @Test
    void revealsNothingOfAColumnWhoseClassIsUnknown() {
        ProductContract product =
                product(COLUMNS.replace("restricted", "odd"), role("analyst", "purpose: [research]", "reveal: [name]"));

        assertThat(problems(product, mesh))
                .anyMatch(found -> found.contains("no classification 'odd'"))
                .noneMatch(found -> found.contains("revealed"));
        assertThat(decide(product, mesh, Subject.of("ada", "analysts", "purpose:research"))
                        .revealable())
                .isEmpty();
    }

    @Test
    void aColumnOfOneObjectIsNoneOfAnother() {
        String objects = COLUMNS + COLUMNS.replaceFirst("schema:\n", "").replace("Sales", "Returns");
        ProductContract product = product(objects, role("analyst", "purpose: [research]", "reveal: [Returns.name]"));

        assertThat(problems(product, mesh)).isEmpty();
        Subject subject = Subject.of("ada", "analysts", "purpose:research");
        assertThat(product.tables().stream()
                        .map(table -> table.object() + " "
                                + decide(product, table, mesh, subject)
                                        .revealable()
                                        .keySet()))
                .containsExactly("Sales []", "Returns [2]");
    }

    @Test
    void revealsNothingByANameOfColumnsOfTwoObjects() {
        String objects = COLUMNS.replace("name: note", "name: Odd.name")
                + COLUMNS.replaceFirst("schema:\n", "").replace("Sales", "Sales.Odd");
        ProductContract product = product(objects, role("analyst", "purpose: [research]", "reveal: [Sales.Odd.name]"));

        assertThat(problems(product, mesh))
                .contains("'Sales.Odd.name' is more than one column of the contract; rename an object or a column");
        Subject subject = Subject.of("ada", "analysts", "purpose:research");
        assertThat(product.tables()).hasSize(2).allMatch(table -> decide(product, table, mesh, subject)
                .revealable()
                .isEmpty());
    }

    /** Of names with dots, one may be a column of this object and, after the object's name, another. */
    @Test
    void revealsNothingByANameOfTwoColumns() {
        String dotted = COLUMNS.replace("name: note", "name: Sales.name");
        ProductContract product = product(dotted, role("analyst", "purpose: [research]", "reveal: [Sales.name]"));

        assertThat(problems(product, mesh))
                .containsExactly("'Sales.name' is more than one column of the contract; rename an object or a column");
        Subject subject = Subject.of("ada", "analysts", "purpose:research");
        assertThat(decide(product, mesh, subject).revealable()).isEmpty();

        ProductContract one = product(
                dotted.replace("name: name", "name: alias"),
                role("analyst", "purpose: [research]", "reveal: [Sales.name]"));
        assertThat(problems(one, mesh)).isEmpty();
        assertThat(decide(one, mesh, subject).revealable()).containsOnlyKeys(3);
    }

    @Test
    void refusesAPurposeThatTheMeshDoesNotKnow(@TempDir Path other) {
        assertThatThrownBy(() ->
                        GovernedProducts.mesh(other, RESTRICTED, RESTRICTED + "    reveal: [reserch, statistics]\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mesh-policy.yaml:9:5: unknown purpose 'reserch'; did you mean 'research'?");
    }

    @Test
    void countsInTheDigest() {
        ProductContract revealing = product(COLUMNS, role("analyst", "purpose: [research]", "reveal: [name]"));
        ProductContract silent = product(COLUMNS, role("analyst", "purpose: [research]"));

        assertThat(Policies.require(revealing, mesh).get(0).digest())
                .isNotEqualTo(Policies.require(silent, mesh).get(0).digest());
    }
}
