package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Verification;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.iceberg.IcebergLakehouse;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.FileEvidence.Kind;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a stored byte that a release rests on, {@code verify} says so and names the file. */
class VerifyTest {
    private static final String TOLERANT =
            """
                customProperties: [{ property: lakemesh.max-quarantined, value: 0.9 }]
            """
                    + Shop.SALES
                    + """
                quality:
                  - { id: enough, metric: rowCount, mustBeGreaterThan: 0 }
                  - { id: towns, type: sql, query: "SELECT COUNT(*) FROM {object} WHERE town = 'Nowhere'", mustBe: 0 }
            """;

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** Four releases: an append with a bad row, an upsert with delete files, a rollback, another append with a bad row. */
    private Product history() {
        Product product = shop.product("1.0.0", TOLERANT);
        publish(product, Mode.APPEND, sales("1,Bath,10", "2,York,20", "x,Bad,1"));
        publish(product, Mode.UPSERT, sales("2,Ely,21"));
        product.rollback(new ReleaseRef.Numbered(1));
        publish(product, Mode.UPSERT, sales("1,Hull,11", "3,Bath,30", "4,Bad,-1"));
        return product;
    }

    @Test
    void holdsAfterAppendUpsertAndRollback() {
        Product product = history();

        for (long release = 1; release <= 4; release++) {
            Verification verification = product.verify(new ReleaseRef.Numbered(release));
            assertThat(verification.release()).isEqualTo(release);
            assertThat(verification.findings()).as("release " + release).isEmpty();
        }
    }

    @Test
    void listsEveryKindOfFileAndEveryLiveDataFile() {
        Product product = history();

        Verification verification = product.verify(new ReleaseRef.Latest());

        assertThat(kinds(verification)).isEqualTo(EnumSet.allOf(Kind.class));
        assertThat(locations(verification)).containsAll(liveFiles(product));
    }

    @Test
    void namesTheFileInWhichOneBitIsFlipped() throws IOException {
        history();
        Product product = shop.mesh().product("retail/shop");
        Random random = seeded();
        for (FileEvidence file : product.verify(new ReleaseRef.Latest()).files()) {
            Path path = Path.of(file.location());
            byte[] before = Files.readAllBytes(path);
            Files.write(path, flipped(before, random));
            assertFound(file);
            Files.write(path, before);
        }
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void namesAFileThatIsMissing() throws IOException {
        history();
        Product product = shop.mesh().product("retail/shop");
        for (FileEvidence file : product.verify(new ReleaseRef.Latest()).files()) {
            Path path = Path.of(file.location());
            Path aside = path.resolveSibling("aside");
            Files.move(path, aside);
            assertFound(file);
            Files.move(aside, path);
        }
        assertThat(Shop.findings(product)).isEmpty();
    }

    private void assertFound(FileEvidence file) {
        Verification damaged = shop.mesh().product("retail/shop").verify(new ReleaseRef.Latest());
        assertThat(damaged.holds()).as(file.toString()).isFalse();
        assertThat(damaged.findings())
                .as(file.toString())
                .extracting(Finding::subject)
                .contains(file.location());
    }

    @Test
    void namesTheDamagedPredecessorOfAnOlderRelease() throws IOException {
        Product product = history();
        String first = product.history()
                .objects()
                .location(product.history().find(new ReleaseRef.Numbered(1)).digest());
        Files.write(Path.of(first), flipped(Files.readAllBytes(Path.of(first)), seeded()));

        Verification verification = product.verify(new ReleaseRef.Numbered(1));

        assertThat(verification.release()).isZero();
        assertThat(verification.findings()).extracting(Finding::subject).containsExactly(first);
    }

    @Test
    void aDamagedIndexDoesNotMatter() throws IOException {
        Product product = history();
        for (String content :
                List.of("", "f".repeat(64), product.history().latest().digest())) {
            writeIndex(content);
            assertThat(product.verify(new ReleaseRef.Numbered(2)).findings()).isEmpty();
            assertThat(Shop.rows(product, 2)).containsExactly("1,Bath,10", "2,Ely,21");
        }
        assertThat(publish(product, Mode.UPSERT, sales("9,Rye,1")).release()).isEqualTo(5);
        assertThat(Shop.rows(product, 2)).containsExactly("1,Bath,10", "2,Ely,21");
    }

    private void writeIndex(String content) throws IOException {
        for (Path file : Shop.filesBelow(shop.warehouse())) {
            if (file.toString().contains("/releases/")) {
                Files.writeString(file, content);
            }
        }
    }

    @Test
    void namesATableThatSomebodyElseChanged() {
        Product product = history();
        dropRows();

        assertThat(Shop.findings(product))
                .singleElement()
                .asString()
                .startsWith("retail.shop_sales_v1: readers of the table get a snapshot that no release made");
        assertThat(product.verify(new ReleaseRef.Numbered(2)).findings()).isEmpty();
    }

    @Test
    void refusesAnUnknownRelease() {
        Product product = history();

        assertThatThrownBy(() -> product.verify(new ReleaseRef.Numbered(5)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("of retail/shop: its releases are 1 to 4");
    }

    @Test
    void anInterruptedRunsLeftOversAreNoFinding() {
        Product product = history();
        assertThat(publish(product, Mode.APPEND, sales("1,Bath,10")).outcome()).isEqualTo(Outcome.REFUSED);

        assertThat(Shop.findings(product)).isEmpty();
    }

    private void dropRows() {
        try (Foreign foreign = new Foreign(shop)) {
            foreign.table("shop_sales_v1")
                    .newDelete()
                    .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
                    .commit();
        }
    }

    private Set<String> liveFiles(Product product) {
        try (IcebergLakehouse lakehouse = IcebergLakehouse.open(
                Map.of("uri", "jdbc:sqlite:" + shop.folder().resolve(".mesh/catalog.db")),
                Map.of("location", shop.warehouse().toString()))) {
            return product.history().latest().manifest().tables().stream()
                    .flatMap(table -> lakehouse.files(table).stream())
                    .map(FileEvidence::location)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<Kind> kinds(Verification verification) {
        return verification.files().stream()
                .map(FileEvidence::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    private static List<String> locations(Verification verification) {
        return verification.files().stream().map(FileEvidence::location).toList();
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    static byte[] flipped(byte[] content, Random random) {
        byte[] copy = Arrays.copyOf(content, content.length);
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }
}
