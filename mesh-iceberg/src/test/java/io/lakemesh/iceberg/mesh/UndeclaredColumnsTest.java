package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that look personal and are classified public or not at all: warned of, or refused by the mesh's policy. */
class UndeclaredColumnsTest {
    private static final String EVIDENCE =
            "looks like e-mail addresses: 100 of 100 different sampled values have the syntax of e-mail addresses, and the column's"
                    + " name agrees; classify it, ";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String contract(String mail) {
        return """
                customProperties: [{ property: lakemesh.max-quarantined, value: 1 }]
                properties:
                  - { name: id, logicalType: integer, required: true }
                  - { name: mail, logicalType: string%s }
            """
                .formatted(mail);
    }

    private static RecordSource people(int rows, Function<Integer, String> mail) {
        return RecordSources.of(
                "people", IntStream.range(0, rows).mapToObj(i -> Map.of("id", (long) i, "mail", mail.apply(i))));
    }

    private static RecordSource people() {
        return people(100, i -> "canary-" + i + "@example.org");
    }

    private static PublishResult publish(Product product, RecordSource source) {
        return Shop.publish(product, Mode.APPEND, source);
    }

    private void policy(String undeclared) {
        shop.close();
        shop = Shop.governed(folder, "classifications: [{ name: public }, { name: restricted }]\n" + undeclared);
    }

    @Test
    void areWarnedOfWithTheirPlace() {
        Product product = shop.product("1.0.0", contract(""));

        PublishResult result = publish(product, people());

        assertThat(result.outcome()).isEqualTo(PublishResult.Outcome.PUBLISHED);
        assertThat(result.notes())
                .containsExactly(file("1") + ":11:11: warning: column 'mail' has no classification and " + EVIDENCE
                        + "confidential for example, or say in lakemesh.not-personal why it is nobody's");
        assertThat(product.publish().input(people()).check().notes()).isEqualTo(result.notes());
        assertThat(product.plan().undeclared().stream().map(Problem::toString)).isEqualTo(result.notes());
    }

    private String file(String product) {
        return folder.resolve("product-" + product).resolve("sales.odcs.yaml").toString();
    }

    @Test
    void areWarnedOfWhenTheyAreCalledPublic() {
        policy("");
        Product product = shop.product(
                "1.0.0", contract(", classification: public").replace("required: true", "classification: public"));

        assertThat(publish(product, people()).notes()).singleElement().satisfies(note -> assertThat(note)
                .startsWith(file("1") + ":11:44: warning: column 'mail' is classified public and " + EVIDENCE
                        + "restricted for example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", classification: internal",
                ", customProperties: [{ property: lakemesh.not-personal, value: made-up addresses of a test }]",
                ", classification: public, customProperties: [{ property: lakemesh.not-personal, value: role addresses }]",
                ", customProperties: [{ property: lakemesh.protection, value: redact }]",
            })
    void areNotThoseThatTheContractSpeaksOf(String mail) {
        Product product = shop.product("1.0.0", contract(mail));
        assertThat(publish(product, people()).notes()).isEmpty();
        assertThat(product.plan().undeclared()).isEmpty();
    }

    @Test
    void areSeenAfterBlankRowsAndAmongRowsThatWereSetAside() {
        Product product = shop.product("1.0.0", contract(", logicalTypeOptions: { maxLength: 30 }"));
        assertThat(publish(product, people(20_000, i -> i < 19_000 ? "" : "canary-" + i + "@example.org"))
                        .notes())
                .hasSize(1);
        assertThat(publish(product, people(100, i -> "x".repeat(31) + i + "@example.org"))
                        .notes())
                .isEmpty();
    }

    @Test
    void areRefusedByThePolicyAndLeaveNothing() {
        policy("undeclared: refuse\n");
        Product product = shop.product(
                "1.0.0", contract(", classification: public").replace("required: true", "classification: public"));

        assertThatThrownBy(() -> publish(product, people()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.toString())
                                                .isEqualTo(
                                                        file("1") + ":11:44: column 'mail' is classified public and "
                                                                + EVIDENCE
                                                                + "restricted for example, or say in lakemesh.not-personal why it is nobody's")));

        assertThat(product.findHistory()).isEmpty();
        assertThat(shop.mesh().products()).isEmpty();
        assertThat(Shop.filesBelow(shop.warehouse())).isEmpty();
        assertThatThrownBy(() -> product.publish().input(people()).check()).isInstanceOf(InvalidInputException.class);
        assertThat(Shop.filesBelow(shop.warehouse())).isEmpty();
    }

    @Test
    void areRefusedBeforeRowsThatWereSetAsideAreStored() throws Exception {
        policy("undeclared: refuse\n");
        Product product = shop.product(
                "1.0.0",
                contract(", classification: public")
                        .replace("required: true", "required: true, classification: public"));
        publish(product, people(10, i -> "none"));
        List<Path> before = Shop.filesBelow(shop.warehouse());
        String header = "id,mail\nnot-a-number,canary@example.org\n";
        Path file = Files.writeString(
                folder.resolve("in.csv"),
                header
                        + IntStream.range(0, 50)
                                .mapToObj(i -> i + ",canary-" + i + "@example.org\n")
                                .reduce("", String::concat));

        assertThatThrownBy(() -> product.publish().input(file).run()).isInstanceOf(InvalidInputException.class);

        assertThat(Shop.filesBelow(shop.warehouse())).isEqualTo(before);
        assertThat(Shop.rows(product)).hasSize(10);
        assertThat(product.history().runs()).hasSize(1);
    }

    @Test
    void needAReasonToBeNobodys() {
        String empty = ", customProperties: [{ property: lakemesh.not-personal, value: ' ' }]";
        assertThatThrownBy(() -> shop.product("1.0.0", contract(empty)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "lakemesh.not-personal is empty, expected the reason why its values are no personal data");
    }
}
