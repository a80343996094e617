package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.check.RowCounts;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.PublishResult.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same records give the same rows, wherever they come from; and every row that is read is accounted for. */
class SourcesTest {
    private static final String TOLERANT =
            "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }]\n"
                    + Shop.SALES.replace(", primaryKey: true, primaryKeyPosition: 1", "");
    private static final List<String> ROWS = List.of("1,Bath,10", "2,null,20", "3,Łódź,30");
    private static final RowCounts COUNTS = new RowCounts(4, 3, 1, 0);

    private Shop shop;
    private Product product;

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new Shop(folder);
        product = shop.product("1.0.0", TOLERANT);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Path input(String name) throws IOException {
        return Files.createDirectories(shop.folder().resolve("input")).resolve(name);
    }

    private void writeCsv() throws IOException {
        Files.writeString(input("a.csv"), "id,town,amount\n1,Bath,10\n2,,20\n3,Łódź,30\n4,Bad,-1\n");
    }

    private void writeGzip() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(input("b.csv.gz")))) {
            out.write("town,id,amount\r\nBath,1,10\r\n,2,20\r\n\"Łódź\",3,30\r\nBad,4,-1\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeJson() throws IOException {
        Files.writeString(
                input("c.jsonl"),
                """
                {"id":1,"town":"Bath","amount":10}
                {"id":2,"town":null,"amount":"20"}
                {"amount":30,"id":3,"town":"Łódź"}
                {"id":4,"town":"Bad","amount":-1}
                """);
    }

    private void writeParquet() throws IOException {
        Schema schema = new Schema(
                Types.NestedField.optional(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "town", Types.StringType.get()),
                Types.NestedField.optional(3, "amount", Types.IntegerType.get()));
        try (FileAppender<GenericRecord> out = Parquet.write(
                        org.apache.iceberg.Files.localOutput(input("d.parquet").toFile()))
                .schema(schema)
                .createWriterFunc(GenericParquetWriter::create)
                .build()) {
            for (Object[] row : new Object[][] {{1L, "Bath", 10}, {2L, null, 20}, {3L, "Łódź", 30}, {4L, "Bad", -1}}) {
                GenericRecord written = GenericRecord.create(schema);
                for (int column = 0; column < row.length; column++) {
                    written.set(column, row[column]);
                }
                out.add(written);
            }
        }
    }

    @Test
    void everyFormatGivesTheSameRows() throws IOException {
        writeCsv();
        writeGzip();
        writeJson();
        writeParquet();
        for (String file : List.of("a.csv", "b.csv.gz", "c.jsonl", "d.parquet")) {
            PublishResult result =
                    product.publish().mode(Mode.OVERWRITE).input(input(file)).run();
            assertThat(result.outcome()).as(file).isEqualTo(Outcome.PUBLISHED);
            assertThat(result.report().rows()).as(file).isEqualTo(COUNTS);
            assertThat(rows(product)).as(file).isEqualTo(ROWS);
        }
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void aFolderOfMixedFormatsIsReadWhole() throws IOException {
        writeCsv();
        writeGzip();
        writeJson();
        writeParquet();

        PublishResult result =
                product.publish().input(shop.folder().resolve("input")).run();

        assertThat(result.report().rows()).isEqualTo(new RowCounts(16, 12, 4, 0));
        assertThat(rows(product).stream().distinct()).containsExactlyElementsOf(ROWS);
        assertThat(product.history().latest().manifest().inputs())
                .hasSize(4)
                .allSatisfy(input -> assertThat(input.evidence().rows()).isEqualTo(4));
        assertThat(Shop.findings(product)).isEmpty();
    }

    @Test
    void recordsOfJavaGiveTheSameRows() {
        List<Map<String, Object>> records = List.of(
                Map.of("id", 1L, "town", "Bath", "amount", "10"),
                Map.of("id", 2, "amount", 20),
                Map.of("id", "3", "town", "Łódź", "amount", 30L),
                Map.of("id", 4L, "town", "Bad", "amount", -1));

        PublishResult iterable = publish(product, Mode.OVERWRITE, RecordSources.of("memory", records));
        assertThat(iterable.report().rows()).isEqualTo(COUNTS);
        assertThat(rows(product)).isEqualTo(ROWS);

        PublishResult stream = product.publish()
                .runId("stream")
                .mode(Mode.OVERWRITE)
                .input(RecordSources.of("stream", records.stream().filter(record -> true)))
                .run();
        assertThat(stream.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(rows(product)).isEqualTo(ROWS);
    }

    @Test
    void countsAddUpForEveryOutcome() {
        Stream.of("1,Bath,10", "x,Bath,10").forEach(row -> {
            PublishResult result = publish(product, Mode.APPEND, Shop.sales("7,Rye,1", row));
            assertThat(result.report().rows().read()).isEqualTo(2);
        });
        PublishResult refused = publish(product, Mode.APPEND, Shop.sales("8,Rye,1", "x,Bath,10", "y,Bath,10"));
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.report().rows()).isEqualTo(new RowCounts(3, 0, 2, 1));

        PublishResult mended = product.publish()
                .resolves(refused.runId())
                .input(Shop.sales("8,Rye,1", "9,Bath,10", "y,Bath,10", "10,Rye,1"))
                .run();

        assertThat(mended.report().rows()).isEqualTo(new RowCounts(4, 3, 1, 0));
        assertThat(product.quarantine().runs()).hasSize(3);
        assertThat(product.quarantine().resolved()).containsExactly(refused.runId());
        assertThat(rows(product)).hasSize(6);
        assertThat(Shop.findings(product)).isEmpty();
    }
}
