package io.lakemesh.iceberg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.iceberg.file.Records.Read;
import io.lakemesh.schema.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetReaderTest {
    private final Path file;

    ParquetReaderTest(@TempDir Path folder) {
        this.file = folder.resolve("in.parquet");
    }

    @Test
    void readsEveryPrimitiveType() throws IOException {
        write(
                "message m { required boolean b; required int32 i; required int64 l; required float f; required double d;"
                        + " required int32 day (DATE); required int32 t (TIME(MILLIS,true)); required int64 t6 (TIME(MICROS,true));"
                        + " required int64 ts (TIMESTAMP(MICROS,false)); required int64 tz (TIMESTAMP(NANOS,true));"
                        + " required int96 legacy; required binary s (STRING); required binary e (ENUM); required binary x;"
                        + " required fixed_len_byte_array(16) u (UUID); required int32 m (DECIMAL(9,2));"
                        + " required binary n (DECIMAL(30,3)); required int32 u32 (INTEGER(32,false));"
                        + " required int64 u64 (INTEGER(64,false)); }",
                1,
                (group, i) -> group.append("b", true)
                        .append("i", -5)
                        .append("l", 1L << 40)
                        .append("f", 0.5f)
                        .append("d", 0.25)
                        .append("day", 18262)
                        .append("t", 3_600_000)
                        .append("t6", 3_600_000_001L)
                        .append("ts", -1L)
                        .append("tz", 1_000_001_999L)
                        .append("legacy", int96(2_440_589, 1_500_000_000L))
                        .append("s", "é")
                        .append("e", "A")
                        .append("x", Binary.fromConstantByteArray(new byte[] {1, 2}))
                        .append("u", Binary.fromConstantByteArray(new byte[] {
                            0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2
                        }))
                        .append("m", -1234)
                        .append(
                                "n",
                                Binary.fromConstantByteArray(
                                        BigInteger.valueOf(-5).toByteArray()))
                        .append("u32", -1)
                        .append("u64", -1L));

        assertThat(read().get(0).cells().values())
                .containsExactly(
                        true,
                        -5,
                        1L << 40,
                        0.5f,
                        0.25,
                        LocalDate.of(2020, 1, 1),
                        LocalTime.of(1, 0),
                        LocalTime.of(1, 0, 0, 1000),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                        OffsetDateTime.parse("1970-01-01T00:00:01.000001Z"),
                        OffsetDateTime.parse("1970-01-02T00:00:01.5Z"),
                        "é",
                        "A",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        new UUID(1, 2),
                        new BigDecimal("-12.34"),
                        new BigDecimal("-0.005"),
                        4294967295L,
                        new BigInteger("18446744073709551615"));
    }

    @Test
    void readsNestedValuesOfNewAndOldLayouts() throws IOException {
        write(
                "message m { optional group l (LIST) { repeated group list { optional int32 element; } }"
                        + " optional group old (LIST) { repeated int32 array; } repeated int32 bare;"
                        + " optional group m (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }"
                        + " optional group s { required int32 a; optional binary b (STRING); } optional int32 none; }",
                1,
                (group, i) -> {
                    Group list = group.addGroup("l");
                    list.addGroup("list").append("element", 1);
                    list.addGroup("list");
                    group.addGroup("old").append("array", 7).append("array", 8);
                    group.append("bare", 3);
                    Group map = group.addGroup("m");
                    map.addGroup("key_value").append("key", "k").append("value", 5);
                    group.addGroup("s").append("a", 1);
                });

        assertThat(read().get(0).cells().values())
                .containsExactly(
                        Arrays.asList(1, null),
                        List.of(7, 8),
                        List.of(3),
                        Map.of("k", 5),
                        new Row(List.of("a", "b"), Arrays.asList(1, null)),
                        null);
    }

    @Test
    void numbersRecordsAndGivesEvidence() throws IOException {
        write("message m { required int32 i; }", 3000, (group, i) -> group.append("i", i));

        List<Read> rows = read();

        assertThat(rows).hasSize(3000);
        assertThat(rows.get(2999).line()).isEqualTo(3000);
        assertThat(rows.get(2999).cells()).containsEntry("i", 2999);
        try (ParquetReader reader = ParquetReader.open(file)) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                assertThat(batch.size()).isPositive();
            }
            assertThat(reader.evidence()).containsExactly(stored(3000));
        }
    }

    @Test
    void refusesAFileThatIsCutOffAnywhereByName() throws IOException {
        write("message m { required int32 i; }", 100, (group, i) -> group.append("i", i));
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::read)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Cannot read " + file + ": it is cut off, damaged, or no Parquet file");
        }
    }

    @Test
    void refusesDamageWithinTheData() throws IOException {
        write("message m { required binary s (STRING); }", 100, (group, i) -> group.append("s", "value " + i));
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, 30, (byte) 0xff);
        Files.write(file, bytes);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot read " + file + ": it is cut off, damaged, or no Parquet file");
    }

    @Test
    void refusesATypeWithoutCounterpart() throws IOException {
        write(
                "message m { required fixed_len_byte_array(12) wait (INTERVAL); }",
                1,
                (group, i) -> group.append("wait", Binary.fromConstantByteArray(new byte[12])));

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot read column wait: its Parquet type FIXED_LEN_BYTE_ARRAY (INTERVAL)");
    }

    private List<Read> read() {
        return Records.of(FileSources.of(file.toString()));
    }

    private InputEvidence stored(long rows) throws IOException {
        try (StoredFile stored = StoredFile.open(file)) {
            return stored.evidence(rows);
        }
    }

    private void write(String schema, int rows, BiConsumer<Group, Integer> fill) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .build()) {
            for (int i = 0; i < rows; i++) {
                Group group = new SimpleGroup(type);
                fill.accept(group, i);
                writer.write(group);
            }
        }
    }

    private static Binary int96(int julianDay, long nanos) {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(nanos).putInt(julianDay);
        return Binary.fromConstantByteArray(bytes.array());
    }
}
