package io.lakemesh.policy;

import static io.lakemesh.policy.GovernedProducts.COLUMNS;
import static io.lakemesh.policy.GovernedProducts.decision;
import static io.lakemesh.policy.GovernedProducts.problems;
import static io.lakemesh.policy.GovernedProducts.product;
import static io.lakemesh.policy.GovernedProducts.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a contract is refused with its place, and shows nobody more where it is there all the same. */
class RefusedPoliciesTest {
    private MeshPolicy mesh;

    @BeforeEach
    void read(@TempDir Path folder) throws IOException {
        mesh = GovernedProducts.mesh(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is shown then is the stricter of the two, or nothing where they cannot be compared
                "mask: { amount: clear } | column 'amount' would show role steward2 clear, but the mesh's policy says round(-1) (*:9:5)"
                        + " and a product can only tighten it | clear round(-1) null",
                "mask: { amount: round(0) } | mask round(0) leaves every long as it is; take fewer digits, and this is a long | clear null null",
                "mask: { amount: bands(5) } | column 'amount' would show role steward2 bands(5), but the mesh's policy says round(-1) (*:9:5)"
                        + " and a product can only tighten it | clear null null",
                "mask: { note: first(1) } | column 'note' would show role steward2 first(1), but the mesh's policy says null (*:9:5)"
                        + " and a product can only tighten it | clear round(-1) null",
                "mask: { region: month } | mask month is for dates and timestamps, and this is a string | null round(-1) null",
                "mask: { region: lost(1) } | Invalid mask: expected one of clear, null, constant, first, last, round, year, month, day, hour,"
                        + " bands, pseudonym, token; did you mean 'last'? | null round(-1) null",
                "mask: { region: pseudonym } | mask pseudonym is for columns whose lakemesh.protection is pseudonymize, and this one's is none"
                        + " | null round(-1) null",
                "mask: { region: [null] } | expected a mask such as null, last(4) or month | null round(-1) null",
                "mask: { regoin: null } | no column 'regoin'; did you mean 'region'? | null null null",
                "mask: region | lakemesh.mask of a role maps columns to masks | null null null",
            })
    void aMaskThatIsWrongOrLooserIsRefused(String property, String problem, String shown) {
        ProductContract product = product(COLUMNS, role("steward2", property));

        assertThat(problems(product, mesh)).containsExactly(problem);

        assertThat(decision(product, mesh, Subject.of("ada", "steward2")))
                .isEqualTo("steward2[region IN (NULL)]: " + shown);
    }

    /** Column names may have dots: one may begin with the object's name, and need not be what follows the dot. */
    @Test
    void aMaskIsOfTheColumnThatHasItsName() {
        String columns = COLUMNS.replace("name: amount", "name: Sales.amount");
        ProductContract product = product(columns, role("steward", "mask: { Sales.amount: null }"));

        assertThat(problems(product, mesh)).isEmpty();
        assertThat(decision(product, mesh, Subject.of("ada", "steward"))).isEqualTo("steward[]: clear null clear");
    }

    @Test
    void aMaskOfTwoColumnsIsRefused() {
        String columns = COLUMNS.replace("name: amount, logicalType: integer", "name: Sales.note, logicalType: string");
        ProductContract product = product(columns, role("steward", "mask: { Sales.note: first(1) }"));

        assertThat(problems(product, mesh))
                .containsExactly("'Sales.note' is more than one column of the contract; rename an object or a column");
        assertThat(decision(product, mesh, Subject.of("ada", "steward"))).isEqualTo("steward[]: null null null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenize", "pseudonymize", "encrypt(shared)", "redact", "drop"})
    void aRowFilterOnWhatIsNotStoredIsRefusedAndShowsNoRow(String protection) {
        ProductContract product = product(protectedNote(protection), role("steward", "row-filter: \"note <> 'x'\""));

        assertThat(problems(product, mesh))
                .containsExactly("no row can be told by column 'note': its lakemesh.protection is " + protection
                        + ", and what is stored is not its values");
        assertThat(decision(product, mesh, Subject.of("ada", "steward"))).startsWith("steward[FALSE]: ");
    }

    @Test
    void aRowFilterMayBeOnWhatIsLessOfAValue() {
        ProductContract product =
                product(protectedNote("generalize(first(1))"), role("steward", "row-filter: \"note <> 'x***'\""));

        assertThat(problems(product, mesh)).isEmpty();
    }

    private static String protectedNote(String protection) {
        return COLUMNS.replace(
                "name: note, logicalType: string,",
                "name: note, logicalType: string, customProperties: [{ property: lakemesh.protection, value: "
                        + protection + " }],");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "row-filter: \"colour = 'red'\" | Invalid predicate at character 1: expected a column, found 'colour'",
                "row-filter: \"note < subject.x\" | Invalid predicate at character 8: subject.x can only be compared with a column"
                        + " or a text, by =, <> or IN (...)",
                "row-filter: \" \" | lakemesh.row-filter is empty, expected a condition",
                "row-filter: null | lakemesh.row-filter is empty, expected a condition",
                "row-filter: [\"amount > 5\"] | lakemesh.row-filter is empty, expected a condition",
                "row-filter: { Sales: null } | lakemesh.row-filter is empty, expected a condition",
                "row-filter: { Sales: [\"amount > 5\"] } | lakemesh.row-filter is empty, expected a condition",
                "row-filter: { Sale: \"amount > 5\" } | no object 'Sale'; did you mean 'Sales'?",
            })
    void aRowFilterThatIsWrongIsRefusedAndShowsNoRow(String property, String problem) {
        ProductContract product = product(COLUMNS, role("steward", property));

        assertThat(problems(product, mesh)).containsExactly(problem);
        assertThat(decision(product, mesh, Subject.of("sue", "steward")))
                .isEqualTo("steward[FALSE]: clear clear clear");
    }

    @Test
    void aRowFilterThatNoRowCanMatchIsRefused() {
        assertThat(problems(product(COLUMNS, role("steward", "row-filter: \"amount > 5 AND amount < 5\"")), mesh))
                .containsExactly("no row can match amount > 5 AND amount < 5; FALSE shows none");
        assertThat(problems(product(COLUMNS, role("steward", "row-filter: \"FALSE\"")), mesh))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "purpose: [] | lakemesh.purpose is empty, expected a list of purposes",
                "purpose: null | lakemesh.purpose is empty, expected a list of purposes",
                "purpose: { research: true } | lakemesh.purpose is empty, expected a list of purposes",
                "purpose: [reserch] | the mesh's policy knows no purpose 'reserch'; did you mean 'research'?",
            })
    void aPurposeThatIsWrongIsRefusedAndOpensNothing(String property, String problem) {
        ProductContract product = product(COLUMNS, role("steward", property));

        assertThat(problems(product, mesh)).containsExactly(problem);
        for (String purpose : List.of("research", "reserch")) {
            assertThat(decision(product, mesh, Subject.of("sue", "steward").forPurpose(purpose)))
                    .startsWith("denied: ");
        }
        assertThat(decision(product, mesh, Subject.of("sue", "steward"))).startsWith("denied: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ name: x, logicalType: string } | column 'x' has no classification, expected one of [public, restricted, secret]",
                "{ name: x, logicalType: string, classification: Public } | the mesh's policy knows no classification 'Public',"
                        + " expected one of [public, restricted, secret]; did you mean 'public'?",
                "{ name: x, logicalType: object, classification: public, properties: [{ name: y, logicalType: string,"
                        + " classification: hidden }] } | the mesh's policy knows no classification 'hidden', expected one of"
                        + " [public, restricted, secret]",
                "{ name: x, logicalType: boolean, classification: restricted } | column 'x' is a boolean, and none of the masks"
                        + " [month, last(4)] for role partner (*:10:67) fits it; give the column or the role a lakemesh.mask",
            })
    void aColumnThatTheMeshCannotJudgeIsRefusedAndHidden(String column, String problem) {
        ProductContract product = product(
                "schema:\n  - name: Sales\n    properties:\n      - " + column
                        + "\n      - { name: region, logicalType: string, classification: public }\n",
                role("partner"));

        assertThat(problems(product, mesh)).containsExactly(problem);

        assertThat(decision(product, mesh, Subject.of("pam", "partner")))
                .isEqualTo("partner[region IN (NULL)]: null clear");
    }

    @Test
    void everyProblemIsSaidOnceWithItsPlaceThoughThereAreTwoObjects() {
        ProductContract product = product(
                COLUMNS + COLUMNS.substring(COLUMNS.indexOf("  - name")).replace("Sales", "Stock"),
                role("analyst", "purpose: [fun]", "mask: { colour: null }", "row-filter: { Sale: TRUE }"));

        assertThatThrownBy(() -> Policies.require(product, mesh))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        """
                        c.odcs.yaml:18:43: the mesh's policy knows no purpose 'fun'
                        c.odcs.yaml:18:183: no object 'Sale'; did you mean 'Sales'?
                        c.odcs.yaml:18:123: no column 'colour'""");
    }
}
