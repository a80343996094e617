package io.lakemesh.testkit.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary is found in each form, and nothing is found where there is none. */
class TracesTest {
    private static final String TEXT = "Cänary/7";
    private static final long NUMBER = 917_263_544_839L;
    private static final LocalDate DATE = LocalDate.of(7531, 9, 24);
    private static final Traces TRACES = new Traces(List.of(TEXT), List.of(NUMBER), List.of(DATE));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Which take less than half of their room once they are packed, so that nothing stays as it was. */
    private static String digits(int count) {
        return new Random(8).ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static byte[] among(byte[] form) {
        byte[] bytes = new byte[form.length + 3_000];
        new Random(7).nextBytes(bytes);
        assertThat(TRACES.isIn(bytes)).isFalse();
        System.arraycopy(form, 0, bytes, 1_001, form.length);
        return bytes;
    }

    private static void assertFound(byte[] form) {
        assertThat(TRACES.isIn(among(form))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cänary/7", "cänary/7", "CäNARY/7", "C%C3%A4nary%2F7", "c%c3%a4nary%2f7", "C\\u00e4nary/7"})
    void findsTexts(String text) {
        assertFound(utf8(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void findsTextsInOtherCharsets(String charset) {
        assertFound(TEXT.getBytes(Charset.forName(charset)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void findsTextsInBase64AndHexadecimalDigits(int before) {
        byte[] bytes = utf8("x".repeat(before) + TEXT + "yz");
        assertFound(Base64.getEncoder().encode(bytes));
        assertFound(Base64.getUrlEncoder().withoutPadding().encode(bytes));
        assertFound(Base64.getEncoder().encode(utf8("x".repeat(before) + TEXT)));
        assertFound(utf8(HexFormat.of().formatHex(bytes)));
        assertFound(utf8(HexFormat.of().withUpperCase().formatHex(bytes)));
    }

    @Test
    void findsNumbers() {
        assertFound(utf8("917263544839"));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            assertFound(ByteBuffer.allocate(8).order(order).putLong(NUMBER).array());
        }
    }

    @Test
    void findsDates() throws IOException {
        assertFound(utf8("7531-09-24"));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] days = ByteBuffer.allocate(4)
                    .order(order)
                    .putInt((int) DATE.toEpochDay())
                    .array();
            assertFound(gzip(days));
        }
    }

    @Test
    void findsWhatIsPackedWhereverItBeginsAndWhereItBreaksOff() throws IOException {
        byte[] text = utf8(digits(1_000) + TEXT + digits(500_000));
        for (byte[] packed : List.of(gzip(text), Zstd.compress(text))) {
            assertThat(new String(packed, StandardCharsets.ISO_8859_1)).doesNotContain("nary");
            assertFound(packed);
            assertThat(TRACES.isIn(Arrays.copyOf(packed, packed.length * 2 / 3)))
                    .isTrue();
        }
        assertFound(gzip(Zstd.compress(gzip(text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "zstandard"})
    void findsTextsAndNumbersInAvro(String codec) throws IOException {
        for (Object value : List.of(TEXT, NUMBER, ByteBuffer.wrap(utf8(TEXT)))) {
            byte[] file = avro(codec, value);
            assertThat(TRACES.isIn(file)).as(value.toString()).isTrue();
            assertThat(TRACES.isIn(Arrays.copyOf(file, file.length - 20))).isTrue();
        }
        assertThat(TRACES.isIn(avro(codec, "none"))).isFalse();
    }

    /** Two blocks, the first with the value. */
    private static byte[] avro(String codec, Object value) throws IOException {
        String type = value instanceof String ? "string" : value instanceof Long ? "long" : "bytes";
        Schema schema = Schema.create(Schema.Type.valueOf(type.toUpperCase(Locale.ROOT)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec)).create(schema, bytes);
            writer.append(value);
            writer.sync();
            Object other = value instanceof String ? "x" : value instanceof Long ? 1L : ByteBuffer.allocate(1);
            for (int i = 0; i < 5_000; i++) {
                writer.append(other);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void findsWhatStandsInADatabaseAndItsLog(@TempDir Path folder) throws SQLException, IOException {
        Path file = folder.resolve("a.db");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE t (id INTEGER, \"the text\" TEXT)");
            assertThat(TRACES.below(folder)).isEmpty();
            assertThat(TRACES.isIn(database)).isFalse();
            try (PreparedStatement insert = database.prepareStatement("INSERT INTO t VALUES (1, ?)")) {
                // a page is full in the middle of every one of them
                insert.setString(1, "x".repeat(4_069 - 8) + TEXT);
                insert.execute();
            }
            assertThat(TRACES.isIn(database)).isTrue();
            assertThat(TRACES.below(folder)).contains(file);
        }
        assertThat(TRACES.below(folder)).containsExactly(file);
    }

    @Test
    void namesTheFilesWhosePathOrContentTells(@TempDir Path folder) throws IOException {
        Path content =
                Files.write(Files.createDirectories(folder.resolve("a/b")).resolve("c"), gzip(utf8(TEXT)));
        Files.writeString(folder.resolve("d"), "none");
        Path path = Files.createDirectories(folder.resolve("person=C%C3%A4nary%2F7"));

        assertThat(TRACES.below(folder)).containsExactly(content, path);
        assertThat(TRACES.below(content)).containsExactly(content);
        assertThat(TRACES.below(folder.resolve("nowhere"))).isEmpty();
    }
}
