package io.lakemesh.policy;

import static io.lakemesh.policy.GovernedProducts.COLUMNS;
import static io.lakemesh.policy.GovernedProducts.decision;
import static io.lakemesh.policy.GovernedProducts.problems;
import static io.lakemesh.policy.GovernedProducts.product;
import static io.lakemesh.policy.GovernedProducts.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.LittleProduct;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mesh's policy and a contract's roles, put together. */
class PoliciesTest {
    private MeshPolicy mesh;

    @BeforeEach
    void read(@TempDir Path folder) throws IOException {
        mesh = GovernedProducts.mesh(folder);
    }

    @Test
    void theMeshsWordHoldsWhereTheContractSaysNothing() {
        ProductContract product = product(COLUMNS, role("analyst"), role("steward"));

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decision(product, mesh, Subject.of("ada", "scientists", "region:Bath", "region:York")))
                .isEqualTo("analyst[region IN ('Bath', 'York')]: clear round(-1) null");
        assertThat(decision(product, mesh, Subject.of("ada", "analysts")))
                .isEqualTo("analyst[region IN (NULL)]: clear round(-1) null");
        assertThat(decision(product, mesh, Subject.of("sue", "steward"))).isEqualTo("steward[]: clear clear clear");
        assertThat(decision(product, mesh, Subject.of("ada", "analyst")))
                .isEqualTo("denied: none of the roles [analyst, steward] is the subject's; ask the product's owner");
    }

    @Test
    void aContractMayTighten() {
        ProductContract product = product(
                COLUMNS,
                role("analyst", "mask: { amount: round(-2), Sales.region: first(1) }", "row-filter: \"amount > 5\""));

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decision(product, mesh, Subject.of("ada", "analysts", "region:Bath")))
                .isEqualTo("analyst[region IN ('Bath'), amount > 5]: first(1) round(-2) null");
    }

    @Test
    void theFirstRoleThatIsTheSubjectsAndThatItsPurposeOpensDecides() {
        ProductContract product = product(
                COLUMNS,
                "{ role: writer, access: write }",
                role("steward", "purpose: [research]"),
                role("analyst", "purpose: [statistics, research]"),
                "{ role: reader, access: READ-only }");
        Subject all = Subject.of("ada", "writer", "steward", "analysts", "reader", "region:Bath");

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decision(product, mesh, all.forPurpose("research"))).startsWith("steward[]");
        assertThat(decision(product, mesh, all.forPurpose("statistics"))).startsWith("analyst[region");
        assertThat(decision(product, mesh, all)).startsWith("reader[region");
        assertThat(decision(product, mesh, Subject.of("bob", "writer")))
                .startsWith("denied: none of the roles [steward,");
        assertThat(decision(product, mesh, Subject.of("bob", "analysts", "steward", "purpose:fun")))
                .isEqualTo(
                        "denied: role steward may read it for the purposes [research, statistics] only; state one of them");
    }

    @Test
    void withoutRolesOnlyTheOwnerReads() {
        assertThat(decision(LittleProduct.ofSchema(COLUMNS), MeshPolicy.NONE, Subject.of("ada", "analyst")))
                .isEqualTo("denied: its contract has no role that may read it, so only its owner may");
    }

    @Test
    void aNestedColumnIsAsSensitiveAsTheMostSensitiveOfItsParts() {
        String columns =
                """
                schema:
                  - name: Sales
                    properties:
                      - { name: region, logicalType: string, classification: public }
                      - name: buyers
                        logicalType: array
                        classification: public
                        items:
                          logicalType: object
                          properties: [{ name: id, logicalType: string, classification: public }, { name: age, logicalType: integer, classification: restricted }]
                """;
        ProductContract product = product(columns, role("analyst"), role("steward"));

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decision(product, mesh, Subject.of("ada", "analysts", "region:Bath")))
                .endsWith(": clear null");
        assertThat(decision(product, mesh, Subject.of("sue", "steward"))).endsWith(": clear clear");
    }

    /** In the mesh's policy the first of a list that fits; a contract may say the same and nothing looser. */
    @Test
    void aStandInIsShownOfColumnsThatAreProtectedSo(@TempDir Path folder) throws IOException {
        MeshPolicy standIns = GovernedProducts.mesh(
                folder, "mask: [month, round(-1), null]", "mask: [pseudonym, token, round(-1), null]");
        String columns =
                """
                schema:
                  - name: Sales
                    properties:
                      - { name: region, logicalType: string, classification: public }
                      - name: who
                        logicalType: string
                        classification: restricted
                        customProperties: [{ property: lakemesh.protection, value: pseudonymize }]
                      - name: card
                        logicalType: string
                        classification: restricted
                        customProperties: [{ property: lakemesh.protection, value: tokenize }]
                      - { name: note, logicalType: string, classification: restricted }
                """;
        Subject subject = Subject.of("ada", "reader", "region:Bath");

        assertThat(decision(product(columns, role("reader")), standIns, subject))
                .endsWith(": clear pseudonym token null");
        assertThat(decision(
                        product(columns, role("reader", "mask: { who: pseudonym, card: null }")), standIns, subject))
                .endsWith(": clear pseudonym null null");
        assertThat(problems(product(columns, role("reader", "mask: { who: token, note: pseudonym }")), standIns))
                .containsExactly(
                        "mask token is for columns whose lakemesh.protection is tokenize, and this one's is pseudonymize",
                        "mask pseudonym is for columns whose lakemesh.protection is pseudonymize, and this one's is none");
        assertThat(problems(product(columns, role("reader", "mask: { who: clear, card: last(4) }")), standIns))
                .hasSize(2)
                .allMatch(problem -> problem.contains("and a product can only tighten it"));
    }

    @Test
    void aRegulationAsksForProtection(@TempDir Path folder) throws IOException {
        MeshPolicy strict = GovernedProducts.mesh(folder, "[purpose, retention]", "[protection]");
        String secret =
                """
                schema:
                  - name: Sales
                    properties:
                      - { name: region, logicalType: string, classification: public }
                      - { name: who, logicalType: string, classification: secret }
                      - name: card
                        logicalType: string
                        classification: secret
                        customProperties: [{ property: lakemesh.protection, value: tokenize }]
                      - name: home
                        logicalType: object
                        classification: public
                        properties: [{ name: street, logicalType: string, classification: secret }]
                """;

        assertThatThrownBy(() -> Policies.require(product(secret, role("analyst")), strict))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        """
                        c.odcs.yaml:10:11: GDPR asks for lakemesh.protection of column 'who'
                        c.odcs.yaml:15:9: GDPR asks for lakemesh.protection of column 'home'""");
    }

    @Test
    void regulationsAskForPurposesAndRetention() {
        String secret = COLUMNS.replace(
                "note, logicalType: string, classification: restricted",
                "note, logicalType: string, classification: secret");

        assertThat(problems(product(secret, role("analyst"), role("steward", "purpose: [research]")), mesh))
                .containsExactly(
                        "GDPR asks for a service level 'retention', and there is none",
                        "GDPR asks every role for its purposes: give it lakemesh.purpose");
        assertThat(problems(
                        product(
                                "slaProperties: [{ property: retention, value: 3, unit: y }]\n" + secret,
                                role("steward", "purpose: [research]")),
                        mesh))
                .isEmpty();
    }
}
