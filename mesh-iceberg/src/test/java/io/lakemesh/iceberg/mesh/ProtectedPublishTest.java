package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.findings;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.records;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static io.lakemesh.testkit.canary.CanaryProduct.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.maintenance.ErasureResult;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.canary.CanaryProduct;
import io.lakemesh.testkit.canary.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of protected columns never stand in a file, a log or an exception, whatever becomes of their rows. */
class ProtectedPublishTest {
    private static final String HEADER = CanaryProduct.header();

    private final Told told = new Told();
    private Path home;
    private Path inputs;
    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        home = folder.resolve("home");
        inputs = folder.resolve("inputs");
        Map<String, Map<String, String>> sections =
                new LinkedHashMap<>(MeshConfig.embedded(home).sections());
        sections.put("keys", Map.of("provider", "memory"));
        shop = new Shop(home, new MeshConfig("mesh", "tester", home, sections));
    }

    @AfterEach
    void close() {
        told.close();
        shop.close();
    }

    private Product product() {
        shop.mesh().keys().create("retail");
        return shop.product("1.0.0", CanaryProduct.contract());
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Files.createDirectories(inputs);
        return Files.write(inputs.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertNoTrace() {
        assertThat(TRACES.below(home)).isEmpty();
        assertThat(told.telling(TRACES)).isEmpty();
    }

    private void fails(Product product, Mode mode, RecordSource source, String reason) {
        assertThatThrownBy(() -> publish(product, mode, source))
                .satisfies(told::addFailure)
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsPublishedHasNoTraceAndIsAsDeclared() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1), row(2, "York", "2")));
        assertThat(findings(product)).isEmpty();
        publish(product, Mode.UPSERT, records(HEADER, row(2, "Ely", "3"), row(3, "", "4")));
        String two = standIns("Qanary 2").get(0);
        assertThat(rows(product)).hasSize(3).anySatisfy(row -> assertThat(row)
                .startsWith(two + ",***,7531-01-01,null,k1:")
                .endsWith(",Ely,3"));
        product.diff(new ReleaseRef.Numbered(1), new ReleaseRef.Numbered(2));
        publish(product, Mode.OVERWRITE_PARTITIONS, records(HEADER, row(2, "Hull", "3")));
        product.rollback(new ReleaseRef.Numbered(1));
        assertThat(findings(product)).isEmpty();
        shop.mesh().sync();
        shop.mesh().maintenance().run(product.address(), Maintenance.OLDER_THAN);
        assertNoTrace();
    }

    @Test
    void whatIsSetAsideOrRefusedHasNoTrace() throws IOException {
        Product product = product();
        PublishResult first = told.add(publish(
                product,
                Mode.APPEND,
                records(
                        HEADER,
                        row(1),
                        row(2, "Bath", "-2"),
                        row(3, "Bath", "x"),
                        row(4, "", "1"),
                        row(5, "", "1"),
                        row(6).replace("Qanary 6", ""),
                        row(7).replace(CanaryProduct.BORN.toString(), CanaryProduct.WRONG_BORN)
                                .replace(CanaryProduct.PHONE, "qanary")
                                .replace("QANARY-7", "qanary"))));
        assertThat(first.report().tables().get(0).rows().quarantined()).isEqualTo(6);
        told.add(product.publish()
                .input(file(
                                "rows.csv",
                                (HEADER + "\n" + row(10) + "\n" + row(11) + ",qanary\n" + "Qanary\n"
                                                + row(12, "Bath", "x") + "\n\"qanary\n")
                                        .getBytes(StandardCharsets.UTF_8))
                        .toString())
                .run());
        told.add(product.publish()
                .input(file(
                                "rows.jsonl",
                                """
                                {"person": "Qanary 20", "name": ["qanary"], "born": {"qanary": 1}, "phone": "qanary", "amount": 1}
                                {"person": {"x": "qanary"}, "name": 1977}
                                {"person": "Qanary 21", "amount": 1, "qanary"
                                """)
                        .toString())
                .run());
        PublishResult refused = told.add(
                publish(product, Mode.APPEND, records(HEADER, row(100), row(101, CanaryProduct.REFUSED, "1"))));
        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        PublishResult repeated = told.add(publish(product, Mode.APPEND, records(HEADER, row(1))));
        assertThat(repeated.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        told.add(product.publish().input(records(HEADER, row(1))).check());
        product.quarantine().runs().forEach(run -> told.add(run));
        shop.mesh().sync();
        assertNoTrace();
    }

    @Test
    void whatFailsHasNoTrace() throws IOException {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1)));
        for (String text : List.of(
                row(1) + "\n" + row(2),
                row(1, "qanary", "qanary"),
                "\"qanary name\ncanary",
                "person,qanary,qanary\nCanary,1,2",
                "Name,Qanary\n1,2")) {
            assertThatThrownBy(() -> product.publish()
                            .input(file("broken.csv", text).toString())
                            .run())
                    .isInstanceOf(InvalidInputException.class)
                    .satisfies(told::addFailure);
        }
        for (byte[] bytes :
                List.of(new byte[] {80, 65, 82, 49, 1, 2}, "PAR1 qanary".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> product.publish()
                            .input(file("broken.parquet", bytes).toString())
                            .run())
                    .satisfies(told::addFailure);
        }
        shop.mesh().keys().rotate("retail");
        List<Path> before = Shop.filesBelow(shop.warehouse());
        fails(product, Mode.UPSERT, records(HEADER, row(1, "Bath", "2")), "protected with an earlier key");
        assertThat(Shop.filesBelow(shop.warehouse())).isEqualTo(before);
        assertThat(rows(product)).hasSize(1);
        publish(product, Mode.OVERWRITE, records(HEADER, row(1, "Bath", "2")));
        assertThat(rows(product).get(0)).startsWith("k2:");
        assertNoTrace();
    }

    @Test
    void theTestCanFail() throws IOException {
        Product open = shop.product("1.0.0", CanaryProduct.openContract());
        publish(open, Mode.APPEND, records(HEADER, row(1), row(2, "Bath", "-2")));
        assertThat(TRACES.below(home).stream()
                        .map(path -> path.toString().contains("quarantine") ? "quarantine" : "table")
                        .distinct())
                .containsExactlyInAnyOrder("quarantine", "table");
    }

    @Test
    void refusesWithoutAKeyBeforeAByteIsWritten() {
        Product product = shop.product("1.0.0", CanaryProduct.contract());
        fails(product, Mode.APPEND, records(HEADER, row(1)), "Cannot find a key of 'retail'");
        assertThatThrownBy(
                        () -> product.publish().input(records(HEADER, row(1))).check())
                .isInstanceOf(InvalidInputException.class);
        assertThat(Shop.filesBelow(shop.warehouse())).isEmpty();
        assertThat(shop.mesh().products()).isEmpty();
    }

    @Test
    void erasesByWhatTheKeyHasBeenStoredAs() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1), row(2), row(1, "Bath", "-2")));
        shop.mesh().keys().rotate("retail");
        publish(product, Mode.OVERWRITE, records(HEADER, row(1, "York", "1"), row(2, "York", "1")));
        ErasureResult erased =
                product.erase().key("person", "Qanary 1").reference("CASE-1").run();
        assertThat(erased.found()).isTrue();
        assertThat(rows(product, 1)).hasSize(1);
        assertThat(rows(product, 2)).hasSize(1);
        List<String> gone = standIns("Qanary 1");
        assertThat(gone).hasSize(2);
        assertThat(new Traces(gone, List.of()).below(home)).isEmpty();
        assertNoTrace();
    }

    private List<String> standIns(String text) {
        return shop.mesh().keys().protector("retail", Kind.PSEUDONYMIZE).candidates(text);
    }

    @Test
    void erasesByASharedKeyAndNotByWhatIsEncrypted() {
        shop.mesh().keys().create("retail");
        shop.mesh().keys().create("shared/people");
        Product product = shop.product(
                "1.0.0",
                """
                    properties:
                      - { name: person, logicalType: string, customProperties: [{ property: lakemesh.protection, value: tokenize(people) }] }
                      - { name: note, logicalType: string, customProperties: [{ property: lakemesh.protection, value: encrypt }] }
                """);
        publish(product, Mode.APPEND, records("person,note", "Ann,tall", "Bob,short"));
        assertThatThrownBy(() -> product.erase().key("note", "tall").run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot erase from retail/shop by column note: it is protected by encrypt, so that no row can"
                                + " be found by its values");
        assertThat(product.erase().key("person", "Ann").run().found()).isTrue();
        assertThat(rows(product.read().columns("note").reveal("note"))).containsExactly("short");
    }

    @Test
    void refusesToEraseByWhatWasNotStored() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1)));
        assertThatThrownBy(() -> product.erase().key("name", "qanary name").run())
                .isInstanceOf(InvalidInputException.class)
                .satisfies(told::addFailure)
                .hasMessage(
                        "Cannot erase from retail/shop by column name: it is protected by redact, so that no row can be"
                                + " found by its values");
        assertNoTrace();
    }
}
