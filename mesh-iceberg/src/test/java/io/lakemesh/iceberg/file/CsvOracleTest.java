package io.lakemesh.iceberg.file;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.lakemesh.iceberg.file.Records.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random files, read by our tokenizer over buffers of any size and by FastCSV: the same fields on the same lines. */
class CsvOracleTest {
    private static final String[] PIECES = {
        "a", "bc", " ", "é", "€", "\ud83d\ude00", "0123456789abcdef", "x\"y", ";", "\t", "\u000b", "' "
    };
    // no lone CR: FastCSV 4.0.0 loses the LF that ends the record after one (CsvReaderTest has that case)
    private static final String[] QUOTED_PIECES = {"\"\"", ",", "\n", "\r\n", "\"\"\"\"", ",,"};
    private static final String[] LINE_BREAKS = {"\n", "\r\n", "\r"};

    @Test
    void agreesWithFastCsvOnRandomFiles() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("CsvOracleTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            agreesOn(randomFile(random), 1 + random.nextInt(i % 10 == 0 ? 4000 : 40));
        }
    }

    private static void agreesOn(String text, int bufferSize) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> header = new ArrayList<>();
        try (de.siegmar.fastcsv.reader.CsvReader<CsvRecord> oracle = de.siegmar.fastcsv.reader.CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord row : oracle) {
                if (header.isEmpty()) {
                    header.addAll(row.getFields());
                } else if (row.getFieldCount() != header.size()) {
                    expected.add(row.getStartingLineNumber() + " fields " + row.getFieldCount());
                } else {
                    expected.add(row.getStartingLineNumber() + " "
                            + visible(row.getFields().toString()));
                }
            }
        }
        assertThat(ours(text, bufferSize))
                .as("buffer %s of <%s>", bufferSize, visible(text))
                .isEqualTo(expected);
    }

    private static List<String> ours(String text, int bufferSize) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (CsvReader reader = CsvReader.open(StoredFile.open("in.csv", bytes), (byte) ',', null, bufferSize)) {
            return Records.of(reader).stream().map(CsvOracleTest::shown).toList();
        }
    }

    private static String shown(Read row) {
        String malformed = row.malformed();
        if (malformed != null) {
            return row.line() + " fields " + malformed.replaceAll("\\D+(\\d+).*", "$1");
        }
        List<String> fields = row.cells().values().stream()
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
        return row.line() + " " + visible(fields.toString());
    }

    private static String visible(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static String randomFile(Random random) {
        int columns = 1 + random.nextInt(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            text.append(i == 0 ? "" : ",").append('c').append(i);
        }
        int rows = random.nextInt(40);
        for (int row = 0; row < rows; row++) {
            text.append(pick(LINE_BREAKS, random));
            int fields = random.nextInt(10) == 0 ? 1 + random.nextInt(7) : columns;
            for (int i = 0; i < fields; i++) {
                text.append(i == 0 ? "" : ",").append(randomField(random));
            }
        }
        return text.append(random.nextBoolean() ? pick(LINE_BREAKS, random) : "")
                .toString();
    }

    private static String randomField(Random random) {
        boolean quoted = random.nextInt(3) == 0;
        StringBuilder field = new StringBuilder(quoted ? "\"" : "");
        for (int i = random.nextInt(4); i > 0; i--) {
            String piece = quoted && random.nextBoolean() ? pick(QUOTED_PIECES, random) : pick(PIECES, random);
            field.append(quoted && piece.equals("x\"y") ? "x" : piece);
        }
        return field.append(quoted ? "\"" : "").toString();
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }
}
