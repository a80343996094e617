package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.Mode;
import io.lakemesh.testkit.ProductFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.FileScanTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails leaves nothing behind, and tells nobody what its rows hold. */
class FailuresTest {
    private static final String CANARY = "Canary4711";

    private Shop shop;
    private Product product;
    private List<Path> temporary = List.of();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new Shop(folder);
        product = shop.sales();
        publish(product, Mode.APPEND, sales("1,Bath,10"));
        temporary = temporaryFiles();
    }

    @AfterEach
    void closeWithoutTemporaryFiles() throws IOException {
        shop.close();
        assertThat(temporaryFiles()).isSubsetOf(temporary);
    }

    /** Of this process at this time: others may use the same folder, so only what is new and stays counts. */
    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("lakemesh-"))
                    .toList();
        }
    }

    private static byte[] manyRows() {
        StringBuilder text = new StringBuilder(Shop.HEADER).append('\n');
        for (int id = 2; id < 400_000; id++) {
            text.append(id)
                    .append(",Bath")
                    .append(id * 7919L % 10_007)
                    .append(',')
                    .append(id)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTruncatedGzipLeavesNothingStaged() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(manyRows());
        }
        Path input = shop.folder().resolve("broken.csv.gz");
        Files.write(input, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));

        assertFailsLeavingNothing(input, "broken.csv.gz");
    }

    @Test
    void aFileThatIsNoParquetLeavesNothingStaged() throws IOException {
        Path input = shop.folder().resolve("broken.parquet");
        Files.write(input, Arrays.copyOf(Files.readAllBytes(dataFile()), 200));

        assertFailsLeavingNothing(input, "broken.parquet");
    }

    @Test
    void aMissingRequiredColumnIsNamed() {
        Path input = shop.file("town,amount", "Bath,10");

        assertFailsLeavingNothing(input, "'id'");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> product.publish()
                        .input(shop.folder().resolve("absent.csv"))
                        .run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("absent.csv");
    }

    private void assertFailsLeavingNothing(Path input, String named) {
        List<Path> before = Shop.filesBelow(shop.warehouse());
        assertThatThrownBy(() -> product.publish().input(input).run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(named);
        assertThat(Shop.filesBelow(shop.warehouse())).isEqualTo(before);
    }

    private Path dataFile() {
        return Shop.filesBelow(shop.warehouse()).stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWarehouseThatCannotBeWrittenIsAClearError() throws IOException {
        Path file = Files.writeString(shop.folder().resolve("a-file"), "in the way");
        Path config = ProductFiles.write(
                shop.folder().resolve("other").resolve("mesh.yaml"),
                "warehouse: { location: \"" + file + "/below\" }\n");
        try (Mesh mesh = Mesh.open(MeshConfig.read(config))) {
            Product elsewhere = mesh.product(product.contract());
            assertThatThrownBy(() -> publish(elsewhere, Mode.APPEND, sales("1,Bath,10")))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Cannot reach the warehouse")
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aDamagedDataFileIsNamedWhenItIsRead() throws IOException {
        Path data = dataFile();
        Files.write(data, new byte[100]);

        assertThatThrownBy(() -> Shop.rows(product))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining("mesh verify");
    }

    @Test
    void personalValuesAreOnlyInDataAndQuarantine() throws IOException {
        List<String> said = new ArrayList<>();
        Handler listener = listener(said);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            said.addAll(publishCanaries());
        } finally {
            root.removeHandler(listener);
        }

        assertThat(said).isNotEmpty().noneMatch(text -> text.contains(CANARY));
        for (Path file : Shop.filesBelow(shop.folder().resolve(".mesh"))) {
            if (!isData(file)) {
                assertThat(content(file)).as(file.toString()).doesNotContain(CANARY);
            }
        }
    }

    @Test
    void personalValuesAreNotInManifests() throws IOException {
        publishCanaries();
        try (Foreign foreign = new Foreign(shop)) {
            for (String table : List.of("shop_sales_v1", "shop_sales_v1_quarantine")) {
                for (FileScanTask task :
                        foreign.table(table).newScan().includeColumnStats().planFiles()) {
                    String bounds =
                            texts(task.file().lowerBounds()) + texts(task.file().upperBounds());
                    assertThat(task.file() + bounds).doesNotContain(CANARY);
                }
            }
        }
    }

    private static String texts(@Nullable Map<Integer, ByteBuffer> bounds) {
        return bounds == null
                ? ""
                : bounds.values().stream()
                        .map(bound -> StandardCharsets.ISO_8859_1
                                .decode(bound.duplicate())
                                .toString())
                        .collect(Collectors.joining());
    }

    private List<String> publishCanaries() throws IOException {
        Product tolerant = shop.product(
                "1.1.0",
                "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }]\n"
                        + Shop.SALES.replace("name: town,", "name: town, classification: personal,")
                        + "      - { name: born, logicalType: date, classification: personal }\n"
                        + "      - { name: code, logicalType: string, unique: true, classification: personal,"
                        + " logicalTypeOptions: { maxLength: 20, pattern: '^[A-Za-z0-9 ]*$' } }\n");
        String header = "id,town,amount,born,code";
        List<String> said = new ArrayList<>();
        said.add(told(tolerant, Shop.records(header, "2," + CANARY + ",5,,ok", "3,York,5," + CANARY + ",b")));
        said.add(told(tolerant, Shop.records(header, "4,Ely,5,," + CANARY + "!", "5,Ely,5,," + CANARY)));
        said.add(told(tolerant, Shop.records(header, "6,Ely,5,," + CANARY, CANARY + ",Ely,5,,c")));
        said.add(told(tolerant, Shop.records(header, "7,Ely," + CANARY + ",,d", "8,Ely," + CANARY + ",,e")));
        Path broken = shop.folder().resolve("broken.csv");
        Files.writeString(broken, header + "\n9,\"" + CANARY + ",5,,f\n10,\"" + CANARY + "\"" + CANARY + ",5,,g\n");
        said.add(told(() -> tolerant.publish().input(broken).run()));
        Path json = shop.folder().resolve("broken.jsonl");
        Files.writeString(
                json, "{\"id\": 10, \"town\": \"Rye\"}\n{\"id\": 11, \"town\": \"" + CANARY + "\", " + CANARY + "}\n");
        said.add(told(() -> tolerant.publish().input(json).run()));
        assertThat(tolerant.quarantine().runs()).hasSizeGreaterThan(2);
        return said;
    }

    private static String told(Product product, io.lakemesh.batch.RecordSource source) {
        return told(() -> publish(product, Mode.APPEND, source));
    }

    /** The result's text, or the exception's with all that caused it. */
    private static String told(Callable<?> run) {
        StringWriter text = new StringWriter();
        Throwable thrown = catchThrowable(() -> text.append(String.valueOf(run.call())));
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    private static boolean isData(Path file) {
        return file.getFileName().toString().endsWith(".parquet");
    }

    private static String content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().contains(".gz.")) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                bytes = in.readAllBytes();
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Handler listener(List<String> said) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(entry.getMessage() + Arrays.toString(entry.getParameters()) + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
