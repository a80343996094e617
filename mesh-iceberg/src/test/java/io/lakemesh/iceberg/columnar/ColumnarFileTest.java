package io.lakemesh.iceberg.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.iceberg.Files;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnarFileTest {
    private static final List<Type> TYPES = List.of(
            Types.BooleanType.get(),
            Types.IntegerType.get(),
            Types.LongType.get(),
            Types.FloatType.get(),
            Types.DoubleType.get(),
            Types.DateType.get(),
            Types.TimeType.get(),
            Types.TimestampType.withoutZone(),
            Types.TimestampType.withZone(),
            Types.StringType.get());
    private static final List<Primitive> PRIMITIVES = List.of(
            Primitive.BOOLEAN,
            Primitive.INT,
            Primitive.LONG,
            Primitive.FLOAT,
            Primitive.DOUBLE,
            Primitive.DATE,
            Primitive.TIME,
            Primitive.TIMESTAMP,
            Primitive.TIMESTAMPTZ,
            Primitive.STRING);

    private final Path folder;

    ColumnarFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void writesWhatIcebergsOwnReaderAndWriterSay() throws IOException {
        for (int round = 0; round < 25; round++) {
            long seed = System.nanoTime();
            System.out.println("ColumnarFileTest seed " + seed);
            Random random = new Random(seed);
            int rows = random.nextInt(round % 5 == 0 ? 90_000 : 3_000);
            new Case(random, round).holds(rows);
        }
    }

    @Test
    void keepsCodesWhileTheDictionaryHasRoomAndGoesPlainBeyond() throws IOException {
        List<Object> values = new ArrayList<>();
        IntStream.range(0, 200_000).forEach(i -> values.add(i < 100_000 ? "few " + i % 100 : "many " + i));
        Path file = write(Types.StringType.get(), Primitive.STRING, values, values::get);
        assertThat(read(file, schema(Types.StringType.get())))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(values);
        assertThat(java.nio.file.Files.size(file)).isLessThan(800_000);
    }

    @Test
    void readsBackTextsWhoseHashesCollide() throws IOException {
        List<Object> values = new ArrayList<>();
        IntStream.range(0, 20_000).forEach(i -> values.add(colliding(i % 4096)));
        Path file = write(Types.StringType.get(), Primitive.STRING, values, values::get);
        assertThat(read(file, schema(Types.StringType.get())))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(values);
    }

    /** Texts of one length that all have the same {@code hashCode}. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void countsWhatIsNotANumberAndBoundsTheRest() throws IOException {
        List<@Nullable Object> values = new ArrayList<>(List.of(Double.NaN, -2.5, 7.25, Double.NaN));
        values.add(null);
        Schema schema = schema(Types.DoubleType.get());
        Path path = folder.resolve("nan.parquet");
        ColumnarFile file = new ColumnarFile(Files.localOutput(path.toFile()), schema);
        Batch batch = batch(Primitive.DOUBLE, values);
        file.write(batch, IntStream.range(0, values.size()).toArray(), values.size());
        file.close();
        Metrics metrics = file.metrics(MetricsConfig.getDefault());
        assertThat(metrics.nanValueCounts()).containsEntry(1, 2L);
        assertThat(metrics.nullValueCounts()).containsEntry(1, 1L);
        assertThat(bound(metrics.lowerBounds())).isEqualTo(-2.5);
        assertThat(bound(metrics.upperBounds())).isEqualTo(7.25);
    }

    private static double bound(Map<Integer, ByteBuffer> bounds) {
        ByteBuffer bound = Objects.requireNonNull(bounds.get(1));
        return bound.duplicate().order(ByteOrder.LITTLE_ENDIAN).getDouble(0);
    }

    @Test
    void findsRowsByTheBoundsOfPagesAndGroups() throws IOException {
        List<Object> values = new ArrayList<>();
        IntStream.range(0, 100_000).forEach(i -> values.add("text " + i / 50));
        Schema schema = schema(Types.StringType.get());
        Path file = write(Types.StringType.get(), Primitive.STRING, values, values::get);
        try (CloseableIterable<Record> rows = Parquet.read(Files.localInput(file.toFile()))
                .project(schema)
                .filter(Expressions.equal("c0", "text 1999"))
                .filterRecords(true)
                .createReaderFunc(message -> GenericParquetReaders.buildReader(schema, message))
                .build()) {
            assertThat(rows).filteredOn(row -> row.get(0).equals("text 1999")).hasSize(50);
        }
    }

    @Test
    void writesAFileWithoutRows() throws IOException {
        Schema schema = schema(Types.LongType.get());
        Path path = folder.resolve("empty.parquet");
        ColumnarFile file = new ColumnarFile(Files.localOutput(path.toFile()), schema);
        file.close();
        assertThat(read(path, schema)).isEmpty();
        assertThat(file.metrics(MetricsConfig.getDefault()).recordCount()).isZero();
    }

    @Test
    void refusesNestedColumns() {
        Schema schema = schema(Types.ListType.ofOptional(2, Types.LongType.get()));
        assertThat(ColumnarFile.supports(schema)).isFalse();
        assertThatThrownBy(() ->
                        new ColumnarFile(Files.localOutput(folder.resolve("x").toFile()), schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot write by columns");
    }

    private static Schema schema(Type type) {
        return new Schema(NestedField.optional(1, "c0", type));
    }

    private static Batch batch(DataType type, List<? extends @Nullable Object> values) {
        Batch batch = new Batch(new TableSchema(List.of(Field.optional(1, "c0", type)), List.of()));
        for (int row = 0; row < values.size(); row++) {
            batch.column(0).set(row, values.get(row));
        }
        batch.setSize(values.size());
        return batch;
    }

    private Path write(Type type, DataType columnType, List<Object> all, IntFunction<Object> value) {
        Path path = folder.resolve("one.parquet");
        try (ColumnarFile file = new ColumnarFile(Files.localOutput(path.toFile()), schema(type))) {
            for (int from = 0; from < all.size(); from += Batch.CAPACITY) {
                List<Object> part = IntStream.range(from, Math.min(all.size(), from + Batch.CAPACITY))
                        .mapToObj(value)
                        .toList();
                file.write(
                        batch(columnType, part), IntStream.range(0, part.size()).toArray(), part.size());
            }
        }
        return path;
    }

    private static List<Record> read(Path path, Schema schema) throws IOException {
        try (CloseableIterable<Record> rows = Parquet.read(Files.localInput(path.toFile()))
                .project(schema)
                .createReaderFunc(message -> GenericParquetReaders.buildReader(schema, message))
                .build()) {
            List<Record> all = new ArrayList<>();
            rows.forEach(all::add);
            return all;
        }
    }

    /** Random columns and rows, written by us and by Iceberg's own writer: both must read back alike and measure alike. */
    private final class Case {
        private final Random random;
        private final Path ours;
        private final Path theirs;
        private final Schema schema;
        private final TableSchema columns;
        private final int[] distinct;
        private final double[] nullShare;

        Case(Random random, int number) {
            this.random = random;
            this.ours = folder.resolve("ours-" + number + ".parquet");
            this.theirs = folder.resolve("theirs-" + number + ".parquet");
            int width = 1 + random.nextInt(12);
            List<NestedField> nested = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            this.distinct = new int[width];
            this.nullShare = new double[width];
            for (int i = 0; i < width; i++) {
                int kind = random.nextInt(TYPES.size());
                boolean required = random.nextInt(3) == 0;
                nested.add(
                        required
                                ? NestedField.required(100 + i, "c" + i, TYPES.get(kind))
                                : NestedField.optional(100 + i, "c" + i, TYPES.get(kind)));
                fields.add(new Field(100 + i, "c" + i, PRIMITIVES.get(kind), required, null));
                distinct[i] = new int[] {1, 2, 7, 300, 20_000, Integer.MAX_VALUE}[random.nextInt(6)];
                nullShare[i] = required ? 0 : new double[] {0, 0.01, 0.5, 1}[random.nextInt(4)];
            }
            this.schema = new Schema(nested);
            this.columns = new TableSchema(fields, List.of());
        }

        void holds(int rows) throws IOException {
            List<Record> expected = new ArrayList<>();
            ColumnarFile file = new ColumnarFile(Files.localOutput(ours.toFile()), schema);
            DataWriter<Record> oracle = oracle();
            try (file;
                    oracle) {
                while (expected.size() < rows) {
                    Batch batch = randomBatch(Math.min(Batch.CAPACITY, rows - expected.size()));
                    int[] selected = IntStream.range(0, batch.size())
                            .filter(row -> random.nextInt(20) != 0)
                            .toArray();
                    file.write(batch, selected, selected.length);
                    for (int row : selected) {
                        Record record = record(batch, row);
                        expected.add(record);
                        oracle.write(record);
                    }
                    if (selected.length == 0) {
                        break;
                    }
                }
            }
            assertThat(read(ours, schema)).isEqualTo(expected);
            assertAlike(file.metrics(MetricsConfig.getDefault()), oracle.toDataFile());
        }

        private DataWriter<Record> oracle() throws IOException {
            return Parquet.writeData(Files.localOutput(theirs.toFile()))
                    .schema(schema)
                    .createWriterFunc(GenericParquetWriter::create)
                    .withSpec(PartitionSpec.unpartitioned())
                    .build();
        }

        private void assertAlike(Metrics metrics, org.apache.iceberg.DataFile oracle) {
            assertThat(metrics.recordCount()).isEqualTo(oracle.recordCount());
            assertThat(metrics.valueCounts()).isEqualTo(oracle.valueCounts());
            assertThat(metrics.nullValueCounts()).isEqualTo(oracle.nullValueCounts());
            assertThat(metrics.nanValueCounts()).isEqualTo(oracle.nanValueCounts());
            assertThat(metrics.lowerBounds()).isEqualTo(oracle.lowerBounds());
            assertThat(metrics.upperBounds()).isEqualTo(oracle.upperBounds());
        }

        private Batch randomBatch(int rows) {
            Batch batch = new Batch(columns);
            for (int column = 0; column < columns.size(); column++) {
                for (int row = 0; row < rows; row++) {
                    boolean isNull = random.nextDouble() < nullShare[column];
                    batch.column(column).set(row, isNull ? null : value(column));
                }
            }
            batch.setSize(rows);
            return batch;
        }

        private Object value(int column) {
            Random ofValue = new Random(random.nextInt(distinct[column]) * 31L + column);
            ofValue.nextLong();
            long number = ofValue.nextLong();
            return switch ((Primitive) columns.field(column).type()) {
                case BOOLEAN -> number % 2 == 0;
                case INT -> (int) number;
                case LONG -> number;
                case FLOAT -> number % 50 == 0 ? Float.NaN : (float) ofValue.nextGaussian();
                case DOUBLE -> number % 50 == 0 ? Double.NaN : ofValue.nextGaussian() * 1e9;
                case DATE -> java.time.LocalDate.ofEpochDay(number % 100_000);
                case TIME -> java.time.LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000_000L) * 1000);
                case TIMESTAMP -> java.time.LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(number / 1000 * 1000);
                case TIMESTAMPTZ ->
                    java.time.OffsetDateTime.parse("2020-01-01T00:00:00Z").plusNanos(number / 1000 * 1000);
                case STRING -> text(ofValue);
                default -> throw new IllegalStateException();
            };
        }

        private String text(Random ofValue) {
            int length = ofValue.nextInt(40);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(
                        switch (ofValue.nextInt(8)) {
                            case 0 -> 0x80 + ofValue.nextInt(0x700);
                            case 1 -> 0x1F600 + ofValue.nextInt(50);
                            default -> ' ' + ofValue.nextInt(95);
                        });
            }
            return text.toString();
        }

        private Record record(Batch batch, int row) {
            Record record = GenericRecord.create(schema);
            for (int column = 0; column < columns.size(); column++) {
                record.set(column, batch.column(column).get(row));
            }
            return record;
        }
    }
}
