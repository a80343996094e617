package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.records;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.policy.Subject;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.run.Mode;
import io.lakemesh.schema.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protected values in the clear, for those whose role and purpose may see them, and in the audit. */
class RevealTest {
    private static final String PEOPLE =
            """
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, classification: public }
                  - { name: town, logicalType: string, classification: public }
                  - { name: name, logicalType: string, classification: restricted, customProperties: [{ property: lakemesh.protection, value: tokenize }] }
                  - { name: note, logicalType: string, classification: restricted, customProperties: [{ property: lakemesh.protection, value: encrypt(police) }] }
            roles:
              - role: detective
                customProperties:
                  - { property: lakemesh.purpose, value: [case] }
                  - { property: lakemesh.row-filter, value: "town = subject.town" }
                  - { property: lakemesh.reveal, value: [name, note] }
              - role: clerk
                customProperties: [{ property: lakemesh.purpose, value: [case] }]
            """;

    private static final String POLICY =
            """
            purposes: [{ name: case }]
            classifications:
              - name: public
              - name: restricted
                mask: [token, null]
                reveal: [case]
            """;

    private static final Subject DETECTIVE = Subject.of("dee", "detective", "town:Bath", "purpose:case");
    private static final Subject CLERK = Subject.of("cleo", "clerk", "purpose:case");

    private Shop shop;
    private Product product;

    @BeforeEach
    void publishSome(@TempDir Path folder) {
        shop = Shop.governed(folder, POLICY);
        shop.mesh().keys().create("retail");
        shop.mesh().keys().create("shared/police");
        product = shop.product("1.0.0", PEOPLE);
        publish(
                product,
                Mode.APPEND,
                records("id,town,name,note", "1,Bath,Ann,tall", "2,York,Bob,tall", "3,Bath,Ann,", "4,Bath,,x"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void showsTheValuesOfTheColumnsThatAreAskedFor() {
        assertThat(rows(product.as(DETECTIVE).read().reveal("name", "note")))
                .containsExactly("1,Bath,Ann,tall", "3,Bath,Ann,null", "4,Bath,null,x");
        assertThat(rows(product.as(DETECTIVE).read().columns("note", "id").reveal("note")))
                .containsExactly("null,3", "tall,1", "x,4");
        assertThat(rows(product.as(DETECTIVE)
                        .read()
                        .columns("id", "name", "note")
                        .reveal("name")))
                .containsExactly("1,Ann,null", "3,Ann,null", "4,null,null");
        assertThat(rows(product.as(DETECTIVE).read().columns("id", "name", "note")))
                .hasSize(3)
                .allMatch(row -> row.matches("\\d,(k1:.*|null),null"));
        assertThat(rows(product.read().columns("name").reveal("name"))).containsExactly("Ann", "Ann", "Bob", "null");
    }

    @Test
    void equalTextsAreStoredAlikeAsTokensAndOtherwiseEncrypted() {
        assertThat(stored("name")).hasSize(3);
        assertThat(Set.copyOf(stored("name"))).hasSize(2);
        assertThat(Set.copyOf(stored("note"))).hasSize(3);
    }

    /** Under names that stay, or nothing would lead back from what is stored. */
    @Test
    void anEncryptedTextIsBoundToItsTableAndColumn() {
        String text = stored("note").get(0);
        KeyRing keys = shop.mesh().keys();
        assertThat(keys.revealer("shared/police", Kind.ENCRYPT, "retail.shop_sales_v1.note")
                        .apply(text))
                .isIn("tall", "x");
        for (String elsewhere : List.of("retail.shop_sales_v1.name", "retail.shop_sales_v2.note")) {
            assertThatThrownBy(() -> keys.revealer("shared/police", Kind.ENCRYPT, elsewhere)
                            .apply(text))
                    .isInstanceOf(IntegrityException.class);
        }
    }

    private List<String> stored(String column) {
        return rows(product.read().columns(column)).stream()
                .filter(text -> text.startsWith("k1:"))
                .toList();
    }

    @Test
    void aConditionIsAboutTheValues() {
        assertThat(rows(product.as(DETECTIVE)
                        .read()
                        .reveal("name")
                        .columns("id", "name")
                        .where("name = 'Ann' AND id < 3")))
                .containsExactly("1,Ann");
        assertThat(rows(product.as(DETECTIVE).read().where("name = 'Ann'"))).isEmpty();
    }

    @Test
    void revealsWhatWasProtectedWithAnEarlierKey() {
        shop.mesh().keys().rotate("retail");
        shop.mesh().keys().rotate("shared/police");
        publish(product, Mode.APPEND, records("id,town,name,note", "5,Bath,Eve,old"));
        assertThat(rows(product.as(DETECTIVE).read().columns("name", "note").reveal("name", "note")))
                .containsExactly("Ann,null", "Ann,tall", "Eve,old", "null,x");
        assertThat(rows(product.as(DETECTIVE)
                        .read()
                        .release(1)
                        .columns("name", "note")
                        .reveal("name", "note")))
                .containsExactly("Ann,null", "Ann,tall", "null,x");
    }

    /** The newest release has another table, and nothing that leads back; so the earlier one is its owner's only. */
    @Test
    void theOwnerRevealsWhatAnEarlierMajorVersionHas() {
        String withoutNames = PEOPLE.replaceFirst("(?m)^.*name: name,.*\n", "").replace("[name, note]", "[note]");
        Product next = shop.product("2.0.0", withoutNames);
        publish(next, Mode.APPEND, records("id,town,note", "5,Bath,new"));

        assertThat(rows(next.read().release(1).columns("id", "name", "note").reveal("name", "note")))
                .containsExactly("1,Ann,tall", "2,Bob,tall", "3,Ann,null", "4,null,x");
        assertThatThrownBy(() ->
                        next.as(DETECTIVE).read().release(1).reveal("note").rows())
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void deniesThoseWhoseRoleMayNot() {
        assertThatThrownBy(() -> product.as(CLERK).read().reveal("note").rows())
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("Cannot reveal column note of retail.shop_sales_v1: role clerk may not reveal it");
        assertThatThrownBy(() -> product.as(Subject.of("dee", "detective", "town:Bath"))
                        .read()
                        .reveal("note")
                        .rows())
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("state one of them");
    }

    @Test
    void refusesWhatNothingLeadsBackFromOrIsNotRead() {
        assertThatThrownBy(() -> product.as(DETECTIVE).read().reveal("town").rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot reveal column town of retail.shop_sales_v1: it is neither tokenized nor encrypted,"
                        + " so that nothing leads back from what is stored");
        assertThatThrownBy(() -> product.read().reveal("nme").rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'name'?");
        assertThatThrownBy(() -> product.read().columns("id").reveal("name").rows())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot reveal column name: it is not among the columns that are read");
    }

    @Test
    void recordsWhoRevealedWhatAndWhoMayNotBeforeAnyValueIsShown() {
        product.as(DETECTIVE).read().reveal("name", "note").rows().close();
        assertThatThrownBy(() -> product.as(CLERK).read().reveal("note").rows())
                .isInstanceOf(AccessDeniedException.class);
        product.read().reveal("note", "note").rows().close();
        shop.mesh().audit().settle();
        assertThat(shop.mesh().audit().records(AuditQuery.ALL).stream()
                        .filter(record -> "reveal".equals(record.get("action")))
                        .map(RevealTest::texts)
                        .toList())
                .containsExactly(
                        "granted null null owner [\"note\"] null null",
                        "denied cleo [\"case\"] null [\"note\"] null role clerk may not reveal it",
                        "granted dee [\"case\"] detective [\"name\",\"note\"] (town IN ('Bath')) null");
    }

    /** A record that cannot be written lets nobody see anything. */
    @Test
    void revealsNothingWithoutARecord() throws IOException {
        Path journals = shop.folder().resolve(".mesh/audit");
        shop.mesh().audit().settle();
        Files.deleteIfExists(journals);
        Files.writeString(journals, "a file where the folder of journals should be");
        assertThatThrownBy(() -> product.read().reveal("note").rows()).isInstanceOf(UnavailableException.class);
        Files.delete(journals);
    }

    private static String texts(Row record) {
        return Stream.of("decision", "user_name", "purposes", "role", "column_names", "row_filter", "reason")
                .map(column -> String.valueOf(record.get(column)))
                .collect(Collectors.joining(" "));
    }
}
