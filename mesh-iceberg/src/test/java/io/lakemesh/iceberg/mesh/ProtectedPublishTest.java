package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.findings;
import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.records;
import static io.lakemesh.iceberg.mesh.Shop.rows;
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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of protected columns never stand in a file, a log or an exception, whatever becomes of their rows. */
class ProtectedPublishTest {
    private static final String HEADER = "person,name,born,phone,code,town,amount";
    private static final String CONTRACT =
            """
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.95 }
                  - { property: lakemesh.partition, value: ["bucket(2, person)"] }
                  - { property: lakemesh.sort, value: [code] }
                properties:
                  - name: person
                    logicalType: string
                    primaryKey: true
                    classification: public
                    customProperties: [{ property: lakemesh.protection, value: pseudonymize }]
                  - name: name
                    logicalType: string
                    classification: public
                    customProperties: [{ property: lakemesh.protection, value: redact }]
                  - name: born
                    logicalType: date
                    classification: public
                    customProperties: [{ property: lakemesh.protection, value: generalize(year) }]
                  - name: phone
                    logicalType: integer
                    classification: public
                    customProperties: [{ property: lakemesh.protection, value: drop }]
                  - name: code
                    logicalType: string
                    classification: public
                    logicalTypeOptions: { pattern: "^[A-Z]{6}-[0-9]+$" }
                    customProperties: [{ property: lakemesh.protection, value: tokenize }]
                    quality:
                      - { id: codes, metric: invalidValues, arguments: { pattern: "-[13]$" }, mustBeLessThan: 1000 }
                  - name: town
                    logicalType: string
                    classification: public
                    quality:
                      - id: towns
                        metric: nullValues
                        mustBeLessThan: 2
                        customProperties: [{ property: lakemesh.on-failure, value: quarantine }]
                  - { name: amount, logicalType: integer, logicalTypeOptions: { minimum: 0 } }
                quality:
                  - { id: few, metric: rowCount, mustBeLessThan: 100 }
            """;

    private static final Traces TRACES = new Traces(
            List.of("CANARY", "Canary", "canary", "1977-03-17", "17/03/1977", "917263544"), List.of(917_263_544_839L));

    private final List<String> told = new ArrayList<>();
    private final Handler log = new Handler() {
        private final SimpleFormatter format = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            synchronized (told) {
                told.add(format.format(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

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
        Logger.getLogger("").addHandler(log);
        Logger.getLogger("").setLevel(Level.ALL);
        log.setLevel(Level.ALL);
    }

    @AfterEach
    void close() {
        Logger.getLogger("").removeHandler(log);
        Logger.getLogger("").setLevel(Level.INFO);
        shop.close();
    }

    private static String row(int id, String town, String amount) {
        return "Canary " + id + ",canary name,1977-03-17,917263544839,CANARY-" + id + "," + town + "," + amount;
    }

    private Product product() {
        shop.mesh().keys().create("retail");
        return shop.product("1.0.0", CONTRACT);
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
        synchronized (told) {
            assertThat(told.stream().filter(text -> text.matches("(?is).*(canary|1977-03|917263544).*")))
                    .isEmpty();
        }
    }

    /** The rows of a publish, its report and what came of its run, as people see them. */
    private PublishResult tell(PublishResult result) {
        told.add(result.toString());
        return result;
    }

    private void tell(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        told.add(trace.toString());
    }

    private void fails(Product product, Mode mode, RecordSource source, String reason) {
        assertThatThrownBy(() -> publish(product, mode, source))
                .satisfies(this::tell)
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsPublishedHasNoTraceAndIsAsDeclared() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1"), row(2, "York", "2")));
        assertThat(findings(product)).isEmpty();
        publish(product, Mode.UPSERT, records(HEADER, row(2, "Ely", "3"), row(3, "", "4")));
        String two = standIns("Canary 2").get(0);
        assertThat(rows(product)).hasSize(3).anySatisfy(row -> assertThat(row)
                .startsWith(two + ",***,1977-01-01,null,k1:")
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
        PublishResult first = tell(publish(
                product,
                Mode.APPEND,
                records(
                        HEADER,
                        row(1, "Bath", "1"),
                        row(2, "Bath", "-2"),
                        row(3, "Bath", "x"),
                        row(4, "", "1"),
                        row(5, "", "1"),
                        ",canary name,1977-03-17,1,CANARY-1,Bath,1",
                        "Canary 6,canary name,17/03/1977,canary,canary,Bath,1")));
        assertThat(first.report().tables().get(0).rows().quarantined()).isEqualTo(6);
        tell(product.publish()
                .input(file(
                                "rows.csv",
                                (HEADER + "\n" + row(10, "Bath", "1") + "\n" + row(11, "Bath", "1") + ",canary\n"
                                                + "Canary\n" + row(12, "Bath", "x") + "\n\"canary\n")
                                        .getBytes(StandardCharsets.UTF_8))
                        .toString())
                .run());
        tell(product.publish()
                .input(file(
                                "rows.jsonl",
                                """
                                {"person": "Canary 20", "name": ["canary"], "born": {"canary": 1}, "phone": "canary", "amount": 1}
                                {"person": {"x": "canary"}, "name": 1977}
                                {"person": "Canary 21", "amount": 1, "canary"
                                """)
                        .toString())
                .run());
        PublishResult refused = tell(publish(
                product,
                Mode.APPEND,
                records(
                        HEADER,
                        IntStream.range(100, 250)
                                .mapToObj(id -> row(id, "Bath", "1"))
                                .toArray(String[]::new))));
        assertThat(refused.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        PublishResult repeated = tell(publish(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1"))));
        assertThat(repeated.outcome()).isEqualTo(PublishResult.Outcome.REFUSED);
        tell(product.publish().input(records(HEADER, row(1, "Bath", "1"))).check());
        product.quarantine().runs().forEach(run -> told.add(run.toString()));
        shop.mesh().sync();
        assertNoTrace();
    }

    @Test
    void whatFailsHasNoTrace() throws IOException {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1")));
        for (String text : List.of(
                row(1, "Bath", "1") + "\n" + row(2, "Bath", "1"),
                row(1, "canary", "canary"),
                "\"canary name\ncanary",
                "person,canary,canary\nCanary,1,2",
                "Name,Canary\n1,2")) {
            assertThatThrownBy(() -> product.publish()
                            .input(file("broken.csv", text).toString())
                            .run())
                    .isInstanceOf(InvalidInputException.class)
                    .satisfies(this::tell);
        }
        for (byte[] bytes :
                List.of(new byte[] {80, 65, 82, 49, 1, 2}, "PAR1 canary".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> product.publish()
                            .input(file("broken.parquet", bytes).toString())
                            .run())
                    .satisfies(this::tell);
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
        Product open = shop.product("1.0.0", CONTRACT.replaceAll("(?m)^.*lakemesh.protection.*$", ""));
        publish(open, Mode.APPEND, records(HEADER, row(1, "Bath", "1"), row(2, "Bath", "-2")));
        assertThat(TRACES.below(home).stream()
                        .map(path -> path.toString().contains("quarantine") ? "quarantine" : "table")
                        .distinct())
                .containsExactlyInAnyOrder("quarantine", "table");
    }

    @Test
    void refusesWithoutAKeyBeforeAByteIsWritten() {
        Product product = shop.product("1.0.0", CONTRACT);
        fails(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1")), "Cannot find a key of 'retail'");
        assertThatThrownBy(() -> product.publish()
                        .input(records(HEADER, row(1, "Bath", "1")))
                        .check())
                .isInstanceOf(InvalidInputException.class);
        assertThat(Shop.filesBelow(shop.warehouse())).isEmpty();
        assertThat(shop.mesh().products()).isEmpty();
    }

    @Test
    void erasesByWhatTheKeyHasBeenStoredAs() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1"), row(2, "Bath", "1"), row(1, "Bath", "-2")));
        shop.mesh().keys().rotate("retail");
        publish(product, Mode.OVERWRITE, records(HEADER, row(1, "York", "1"), row(2, "York", "1")));
        ErasureResult erased =
                product.erase().key("person", "Canary 1").reference("CASE-1").run();
        assertThat(erased.found()).isTrue();
        assertThat(rows(product, 1)).hasSize(1);
        assertThat(rows(product, 2)).hasSize(1);
        List<String> gone = standIns("Canary 1");
        assertThat(gone).hasSize(2);
        assertThat(new Traces(gone, List.of()).below(home)).isEmpty();
        assertNoTrace();
    }

    private List<String> standIns(String text) {
        return shop.mesh().keys().protector("retail", Kind.PSEUDONYMIZE).candidates(text);
    }

    @Test
    void refusesToEraseByWhatWasNotStored() {
        Product product = product();
        publish(product, Mode.APPEND, records(HEADER, row(1, "Bath", "1")));
        assertThatThrownBy(() -> product.erase().key("name", "canary name").run())
                .isInstanceOf(InvalidInputException.class)
                .satisfies(this::tell)
                .hasMessage(
                        "Cannot erase from retail/shop by column name: it is protected by redact, so that no row can be"
                                + " found by its values");
        assertNoTrace();
    }
}
