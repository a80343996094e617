package io.lakemesh.iceberg.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressorTest {
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "hash", Types.StringType.get()),
            NestedField.required(2, "latitude", Types.DoubleType.get()));
    private static final TableSchema COLUMNS = new TableSchema(
            List.of(Field.required(1, "hash", Primitive.STRING), Field.required(2, "latitude", Primitive.DOUBLE)),
            List.of());

    private final Path path;

    CompressorTest(@TempDir Path folder) throws IOException {
        this.path = folder.resolve("file.parquet");
        write(new Random(5), 100_000);
    }

    @Test
    void compressesFastWhatTheDenseLevelMakesLarger() throws IOException {
        assertThat(stored(0)).isCloseTo(compressed(0, Compressor.FAST), withinPercentage(3));
    }

    @Test
    void compressesDenseWhatTheFastLevelMakesLarger() throws IOException {
        assertThat(stored(1)).isCloseTo(compressed(1, Compressor.DENSE), withinPercentage(3));
    }

    private void write(Random random, int rows) throws IOException {
        int[] all = IntStream.range(0, Batch.CAPACITY).toArray();
        try (ColumnarFile file = new ColumnarFile(Files.localOutput(path.toFile()), SCHEMA)) {
            for (int written = 0; written < rows; written += Batch.CAPACITY) {
                Batch batch = new Batch(COLUMNS);
                for (int row : all) {
                    batch.column(0).set(row, "%016x%016x".formatted(random.nextLong(), random.nextLong()));
                    batch.column(1).set(row, 50 + random.nextInt(1_000_000) / 1e6);
                }
                batch.setSize(all.length);
                file.write(batch, all, all.length);
            }
        }
    }

    /** The bytes of a column's chunk, with headers. */
    private long stored(int column) throws IOException {
        try (ParquetFileReader file = open()) {
            BlockMetaData group = file.getFooter().getBlocks().get(0);
            return group.getColumns().get(column).getTotalSize();
        }
    }

    /** The bytes of a column's pages, without headers, if all were compressed at one level. */
    private long compressed(int column, int level) throws IOException {
        long bytes = 0;
        try (ParquetFileReader file = open();
                Compressor compressor = new Compressor()) {
            MessageType message = file.getFooter().getFileMetaData().getSchema();
            PageReader pages =
                    file.readNextRowGroup().getPageReader(message.getColumns().get(column));
            for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
                bytes += compressor.compress(values((DataPageV1) page), level).length;
            }
        }
        return bytes;
    }

    private static PageBytes values(DataPageV1 page) throws IOException {
        byte[] values = page.getBytes().toInputStream().readAllBytes();
        PageBytes bytes = new PageBytes();
        bytes.putBytes(values, 0, values.length);
        return bytes;
    }

    private ParquetFileReader open() throws IOException {
        return ParquetFileReader.open(new LocalInputFile(path));
    }
}
