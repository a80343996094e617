package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.history.GovernedAccess;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What subjects see of a product's rows. */
class GovernedReadTest {
    static final String ROLES =
            """
            roles:
              - role: analyst
                customProperties:
                  - { property: lakemesh.row-filter, value: "town = subject.town" }
                  - { property: lakemesh.mask, value: { amount: round(-1) } }
              - role: clerk
                customProperties: [{ property: lakemesh.mask, value: { town: null, id: null } }]
              - role: manager
            """;

    static final Subject ANALYST = Subject.of("ada", "analyst", "town:Bath", "town:Ely");
    static final Subject CLERK = Subject.of("cleo", "clerk");
    static final Subject MANAGER = Subject.of("mia", "manager");

    private Shop shop;
    private Product product;

    @BeforeEach
    void publishSome(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.product("1.0.0", Shop.SALES + ROLES);
        publish(product, Mode.APPEND, sales("1,Bath,11", "2,Bath,19"));
        publish(product, Mode.APPEND, sales("3,York,25", "4,,5"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void eachSeesItsRowsAndColumns() {
        assertThat(rows(product.as(ANALYST))).containsExactly("1,Bath,10", "2,Bath,10");
        assertThat(rows(product.as(CLERK)))
                .containsExactly("null,null,11", "null,null,19", "null,null,25", "null,null,5");
        assertThat(rows(product.as(MANAGER))).isEqualTo(rows(product)).hasSize(4);
        assertThat(rows(product.as(Subject.of("abe", "analyst")))).isEmpty();
        assertThat(rows(shop.mesh().product("retail/shop").as(ANALYST), 1)).containsExactly("1,Bath,10", "2,Bath,10");
    }

    /** Its own condition never tells apart what it is shown alike. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "amount = 11 | ``",
                "amount = 10 | 1 2",
                "amount <> 10 | ``",
                "amount > 15 OR id = 1 | 1",
                "amount BETWEEN 11 AND 18 | ``",
                "ABS(amount) IN (10) AND id = 2 | 2",
                "NOT amount = 11 | 1 2",
                "town = 'York' OR id = 1 | 1",
                "TRUE | 1 2",
                "town IS NULL OR id IN (2, 3) | 2",
                "id < 2 AND town = 'Bath' | 1",
            })
    void aConditionSeesWhatTheReaderSees(String where, String ids) {
        List<String> expected = ids.isEmpty() ? List.of() : List.of(ids.split(" "));
        assertThat(rows(product.as(ANALYST).read().where(where).columns("id"))).isEqualTo(expected);
        assertThat(rows(product.as(ANALYST).read().where(where)))
                .isEqualTo(expected.stream().map(id -> id + ",Bath,10").toList());
    }

    @Test
    void aConditionOnAHiddenColumnFindsNothingButNull() {
        assertThat(rows(product.as(CLERK).read().where("town = 'Bath'").columns("amount")))
                .isEmpty();
        assertThat(rows(product.as(CLERK)
                        .read()
                        .where("town IS NULL AND amount > 11")
                        .columns("amount", "town")))
                .containsExactly("19,null", "25,null");
    }

    @Test
    void aLimitCountsTheRowsThatAreSeen() {
        assertThat(rows(product.as(ANALYST).read().limit(1))).hasSize(1);
        assertThat(rows(product.as(ANALYST).read().limit(9).where("amount = 10")))
                .hasSize(2);
        assertThat(rows(product.as(ANALYST).read().limit(1).where("amount = 10").columns("id")))
                .hasSize(1);
    }

    @Test
    void whoeverHasNoRoleIsDenied() {
        assertThatThrownBy(
                        () -> product.as(Subject.of("eve", "analysts")).read().rows())
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("Cannot read retail.shop_sales_v1: none of the roles [analyst, clerk, manager] is the"
                        + " subject's; ask the product's owner");
    }

    @Test
    void thePoliciesOfAPublishedProductAreOverItsStoredColumns() {
        Product published = shop.mesh().product("retail/shop");
        List<TablePolicy> before = published.policies();
        assertThat(published.contract().tables()).hasSize(1);
        assertThat(published.policies()).isEqualTo(before);
        assertThat(before.get(0).schema().fields()).extracting(Field::id).doesNotContain(Field.UNASSIGNED);
    }

    @Test
    void whoeverIsDeniedLearnsNoColumn() {
        Product denied = product.as(Subject.of("eve"));
        assertThatThrownBy(() -> denied.read().columns("nothing").rows()).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> denied.read().where("nothing = 1").rows()).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void theNewestContractDecidesForEarlierReleases() {
        Product next = shop.product(
                "1.1.0",
                Shop.SALES + "      - { name: note, logicalType: string }\n"
                        + ROLES.replace("town = subject.town", "note = 'open' OR NOT note = 'shut'"));
        publish(next, Mode.APPEND, Shop.records("id,town,amount,note", "5,Bath,55,open", "6,Bath,66,shut"));

        assertThat(rows(next.as(ANALYST))).containsExactly("5,Bath,50,open");
        assertThat(rows(next.as(ANALYST), 1)).isEmpty();
        assertThat(rows(product.as(ANALYST), 2)).isEmpty();
        assertThat(rows(next.as(CLERK), 1)).containsExactly("null,null,11", "null,null,19");
    }

    @Test
    void aTableOfAnEarlierMajorVersionIsItsOwnersOnly() {
        Product next = shop.product("2.0.0", Shop.SALES.replace("name: town,", "name: town, required: true,") + ROLES);
        publish(next, Mode.APPEND, sales("1,Bath,11"));

        assertThat(rows(next.as(MANAGER))).containsExactly("1,Bath,11");
        assertThatThrownBy(() -> rows(next.as(MANAGER), 1))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage(
                        "Cannot read retail.shop_sales_v1: the product's newest release does not offer it any more");
        assertThat(rows(next, 1)).hasSize(2);
    }

    @Test
    void aMaskThatFitsTheWiderTypeOnlyHidesTheNarrowOne() {
        String narrow = Shop.SALES.replace(
                        "{ name: amount, logicalType: integer,",
                        "{ name: amount, logicalType: integer," + " physicalType: int,")
                + ROLES;
        publish(shop.product("2.0.0", narrow), Mode.APPEND, sales("1,Bath,11"));
        Product wide = shop.product(
                "2.1.0",
                narrow.replace("physicalType: int,", "physicalType: bigint,")
                        .replace("round(-1)", "\"bands(0, 3000000000)\""));
        publish(wide, Mode.APPEND, sales("2,Bath,3000000007"));

        assertThat(rows(wide.as(ANALYST))).containsExactly("1,Bath,0", "2,Bath,3000000000");
        assertThat(rows(wide.as(ANALYST), 3)).containsExactly("1,Bath,null");
        assertThat(rows(wide.as(ANALYST).read().release(3).where("amount = 11")))
                .isEmpty();
    }

    /** The decision is over columns that were renamed, reordered and dropped since; field ids tell which is which. */
    @Test
    void columnsAreKnownByTheirFieldIds() {
        TableVersion stored = product.history().latest().manifest().tables().get(0);
        List<Field> fields = stored.schema().fields();
        TableSchema renamed = new TableSchema(
                List.of(
                        Field.optional(fields.get(1).id(), "amount", Primitive.STRING),
                        Field.optional(fields.get(0).id(), "town", Primitive.LONG)),
                List.of());
        Decision.Granted decision = new Decision.Granted(
                "r",
                List.of(Predicates.parse("amount = 'Bath' AND town < 2", renamed)),
                Map.of(
                        fields.get(1).id(),
                        new Mask.Part(Mask.Part.Side.FIRST, 1),
                        fields.get(0).id(),
                        Mask.Plain.CLEAR),
                renamed);
        List<String> seen = new ArrayList<>();
        GovernedAccess access = new GovernedAccess(shop.mesh().lakehouse(), version -> decision);
        try (BatchReader reader = access.read(stored, Scan.ALL)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    seen.add(batch.row(row).values().toString());
                }
            }
        }
        assertThat(seen).containsExactly("[1, B***, null]");
    }
}
