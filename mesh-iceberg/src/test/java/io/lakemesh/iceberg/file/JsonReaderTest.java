package io.lakemesh.iceberg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.iceberg.file.Records.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    @Test
    void readsTypedValuesWithoutLosingADigit() {
        Read row = read("{\"a\":1,\"b\":12345678901234567890,\"c\":0.10000000000000000001,\"d\":true,\"e\":\"é\","
                        + "\"f\":[1,null],\"g\":{\"h\":\"x\"},\"i\":null}")
                .get(0);

        assertThat(row.cells())
                .containsEntry("a", 1L)
                .containsEntry("b", new BigInteger("12345678901234567890"))
                .containsEntry("c", new BigDecimal("0.10000000000000000001"))
                .containsEntry("d", true)
                .containsEntry("e", "é")
                .containsEntry("f", java.util.Arrays.asList(1L, null))
                .containsEntry("g", Map.of("h", "x"))
                .containsEntry("i", null);
    }

    @Test
    void discoversNamesAsTheyComeAndSkipsBlankLines() {
        List<Read> rows = read("{\"a\":1}\r\n\n  \n{\"b\":2}\n{}");

        assertThat(rows).extracting(Read::line).containsExactly(1L, 4L, 5L);
        assertThat(rows.get(0).cells()).containsEntry("a", 1L).containsEntry("b", null);
        assertThat(rows.get(1).cells()).containsEntry("a", null).containsEntry("b", 2L);
        assertThat(rows.get(2).malformed()).isNull();
    }

    @Test
    void setsAsideWhatIsNoObjectAndSaysWhy() {
        List<Read> rows = read("{\"a\":1\n{\"a\":nope}\n[1]\n{\"a\":1,\"a\":2}\n{} {}\n{\"a\":\"\\ud800\"}\n"
                + "{\"a\":1e999999999}\n{\"a\":NaN}\n{\"a\":1}");

        assertThat(rows)
                .extracting(Read::malformed)
                .containsExactly(
                        "is not valid JSON (near byte 6 of the line)",
                        "is not valid JSON (near byte 10 of the line)",
                        "is not a JSON object",
                        "has a key twice",
                        "has more than one JSON value",
                        "has half of a surrogate pair",
                        "has a number beyond 10^1000",
                        "is not valid JSON (near byte 8 of the line)",
                        null);
        assertThat(rows.toString()).doesNotContain("nope");
    }

    @Test
    void setsAsideDeepNestingAndEndlessNumbers() {
        String deep = "[".repeat(100_000);
        List<Read> rows = read("{\"a\":" + deep + "\n{\"a\":" + "9".repeat(5000) + "}\n{\"a\":1}");

        assertThat(rows)
                .extracting(Read::malformed)
                .containsExactly(
                        "is nested deeper than 64 levels or has a number of over 1000 digits",
                        "is nested deeper than 64 levels or has a number of over 1000 digits",
                        null);
    }

    @Test
    void setsAsideRowsThatAreNotValidUtf8() {
        byte[] file = "{\"a\":\"x\"}\n{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        file[6] = (byte) 0xc3;

        assertThat(read(file)).extracting(Read::malformed).containsExactly("is not valid UTF-8", null);
    }

    @Test
    void readsAFileWithoutRecords() {
        assertThat(read("")).isEmpty();
    }

    @Test
    void refusesAnEndlessLine() {
        assertThatThrownBy(() -> read("{}\n{\"a\":\"" + "x".repeat(40 << 20)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.jsonl: line 2 is longer than 16 MB, expected one JSON object a line");
    }

    @Test
    void refusesMoreKeysThanTheLimit() {
        StringBuilder text = new StringBuilder("{\"k\":1}\n{\"k0\":0");
        for (int i = 1; i < 10_000; i++) {
            text.append(",\"k").append(i).append("\":1");
        }
        text.append("}");

        assertThatThrownBy(() -> drain(text.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.jsonl: up to line 2 it has more than 10000 different keys");
    }

    @Test
    void findsEveryLineWhateverTheBuffersSize() {
        long seed = new Random().nextLong();
        System.out.println("JsonReaderTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int count = random.nextInt(50);
            for (int i = 0; i < count; i++) {
                text.append("{\"i\":").append(i).append(",\"s\":\"").append("x".repeat(random.nextInt(30)));
                text.append("\"}").append(random.nextBoolean() ? "\n" : "\r\n\n");
            }
            List<Read> rows = read(text.toString().getBytes(StandardCharsets.UTF_8), 1 + random.nextInt(60));
            assertThat(rows).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(rows.get(i).cells()).containsEntry("i", (long) i);
            }
        }
    }

    private static void drain(String text) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        RawBatch batch = new RawBatch();
        try (JsonReader reader = JsonReader.open(StoredFile.open("in.jsonl", bytes), 1 << 16)) {
            while (reader.read(batch)) {
                assertThat(batch.size()).isPositive();
            }
        }
    }

    private static List<Read> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Read> read(byte[] bytes) {
        return read(bytes, 16);
    }

    private static List<Read> read(byte[] bytes, int bufferSize) {
        try (JsonReader reader =
                JsonReader.open(StoredFile.open("in.jsonl", new ByteArrayInputStream(bytes)), bufferSize)) {
            return Records.of(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
