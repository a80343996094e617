package io.lakemesh.iceberg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.iceberg.file.Records.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    @Test
    void readsQuotesLineBreaksAndEmptyFields() {
        List<Read> rows = read("a,b,c\r\n1,\"x \"\"y\"\"\r\nz\",\r\n\"\",\"\",\",\"\n");

        assertThat(cells(rows)).containsExactly(Arrays.asList("1", "x \"y\"\r\nz", null), List.of("", "", ","));
        assertThat(rows).extracting(Read::line).containsExactly(2L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void endsRecordsAtAnyLineBreakAndSkipsEmptyLines(String lineBreak) {
        List<Read> rows = read(String.join(lineBreak, "", "a,b", "1,2", "", "", "3,4"));

        assertThat(cells(rows)).containsExactly(List.of("1", "2"), List.of("3", "4"));
        assertThat(rows).extracting(Read::line).containsExactly(3L, 6L);
    }

    @Test
    void keepsALoneCarriageReturnInQuotesApartFromTheRecordsEnd() {
        List<Read> rows = read("a,b\n1,\"x\r\"\n2,\"\ry\"\n3,4\n");

        assertThat(cells(rows)).containsExactly(List.of("1", "x\r"), List.of("2", "\ry"), List.of("3", "4"));
        assertThat(rows).extracting(Read::line).containsExactly(2L, 4L, 6L);
    }

    @Test
    void readsAFileWithoutRows() {
        assertThat(read("a,b")).isEmpty();
    }

    @Test
    void readsATrailingDelimiterAtTheEndAsANull() {
        assertThat(cells(read("a,b\n1,"))).containsExactly(Arrays.asList("1", null));
    }

    @Test
    void setsAsideRowsWithAnotherNumberOfFields() {
        List<Read> rows = read("a,b\n1\n1,2,3\n1,2\n");

        assertThat(rows)
                .extracting(Read::malformed)
                .containsExactly("has 1 field, the header has 2", "has 3 fields, the header has 2", null);
    }

    @Test
    void setsAsideAnUnclosedQuoteWithTheLineWhereItBegan() {
        List<Read> rows = read("a,b\n1,2\n3,\"4\n5,6\n");

        assertThat(rows.get(1).line()).isEqualTo(3);
        assertThat(rows.get(1).malformed())
                .isEqualTo("has a quote that is never closed, so that the rest of the file was taken into this row");
    }

    @Test
    void setsAsideTextAfterAClosingQuoteAndGoesOn() {
        List<Read> rows = read("a,b\n\"1\"x,2\n3,4\n");

        assertThat(rows).extracting(Read::malformed).containsExactly("has text after a closing quote", null);
    }

    @Test
    void setsAsideRowsWithNulBytes() {
        List<Read> rows = read("a,b\n1,\0\n\"\0\",2\n3,4\n");

        assertThat(rows).extracting(Read::malformed).containsExactly("has a NUL byte", "has a NUL byte", null);
    }

    @Test
    void setsAsideRowsThatAreNotValidUtf8() {
        byte[] file = "a,b\n1,é\n2,?\n3,x\n".getBytes(StandardCharsets.UTF_8);
        file[file.length - 6] = (byte) 0xe9;

        List<Read> rows = read(file, null);

        assertThat(rows).extracting(Read::malformed).containsExactly(null, "is not valid UTF-8", null);
        assertThat(rows.get(0).cells()).containsEntry("b", "é");
    }

    @Test
    void knowsTheEncodingByItsByteOrderMark() {
        String text = "naïve,b\n1,€ \ud83d\ude00\n";

        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            List<Read> rows = read(("\ufeff" + text).getBytes(charset), StandardCharsets.ISO_8859_1);
            assertThat(rows).singleElement().satisfies(row -> assertThat(row.cells())
                    .containsEntry("naïve", "1")
                    .containsEntry("b", "€ \ud83d\ude00"));
        }
    }

    @Test
    void readsAnotherEncodingWhenAskedTo() {
        List<Read> rows = read("a\nGröße\n".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);

        assertThat(cells(rows)).containsExactly(List.of("Größe"));
    }

    @Test
    void setsAsideRowsThatAnotherEncodingCannotHold() {
        byte[] file = "\ufeffa,b\n1,2\n3,x\n5,6\n".getBytes(StandardCharsets.UTF_16LE);
        file[2 * 11 + 1] = (byte) 0xdc;

        assertThat(read(file, null)).extracting(Read::malformed).containsExactly(null, "is not valid UTF-16LE", null);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.csv: it is empty, expected a header row");
    }

    @Test
    void refusesDoubledAndMissingNamesInTheHeader() {
        assertThatThrownBy(() -> read("a,b,a\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid header of in.csv: column 3 has the name of column 1");
        assertThatThrownBy(() -> read("a,,c\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid header of in.csv: column 2 has no name");
    }

    @Test
    void refusesAHeaderWithTooManyColumns() {
        assertThatThrownBy(() -> read("x,".repeat(1_000_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid header of in.csv: it has 1000001 columns, at most 10000 are read");
    }

    @Test
    void setsAsideARowOfAMillionFields() {
        assertThat(read("a,b\n" + ",".repeat(999_999) + "\n1,2\n"))
                .extracting(Read::malformed)
                .containsExactly("has 1000000 fields, the header has 2", null);
    }

    @Test
    void refusesAnEndlessRecordInBoundedMemory() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3,\"" + "x".repeat(40 << 20)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.csv: the record that starts on line 3 is longer than 16 MB;"
                        + " is a quote left open there?");
    }

    @Test
    void refusesTenMillionColumnsForWhatTheyAre() {
        assertThatThrownBy(() -> read("column,".repeat(10_000_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.csv: the record that starts on line 1 is longer than 16 MB;"
                        + " it has over 10000 fields: are there line breaks, and are these delimiters?");
    }

    @Test
    void refusesAFieldOfAGigabyteWithoutReadingItAll() {
        AtomicLong read = new AtomicLong();
        InputStream gigabyte = new InputStream() {
            @Override
            public int read() {
                return read.incrementAndGet() > (1L << 30) ? -1 : 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) 'x');
                return read.addAndGet(length) > (1L << 30) ? -1 : length;
            }
        };

        assertThatThrownBy(() -> read(new SequenceInputStream(bytes("a,b\n1,"), gigabyte), null, CsvTokenizer.BUFFER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read in.csv: the record that starts on line 2 is longer than 16 MB;"
                        + " a field is that long: is this a CSV file?");
        assertThat(read.get()).isLessThan(64L << 20);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsARecordOfMoreThanABuffer() {
        String value = "x".repeat(5_000_000);

        assertThat(cells(read("a,b\n1," + value + "\n2,3\n"))).containsExactly(List.of("1", value), List.of("2", "3"));
    }

    private static List<List<@Nullable Object>> cells(List<Read> rows) {
        return rows.stream()
                .<List<@Nullable Object>>map(
                        row -> Arrays.asList(row.cells().values().toArray()))
                .toList();
    }

    private static List<Read> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static List<Read> read(byte[] bytes, @Nullable Charset charset) {
        return read(new ByteArrayInputStream(bytes), charset, 16);
    }

    private static List<Read> read(InputStream in, @Nullable Charset charset, int bufferSize) {
        try (CsvReader reader = CsvReader.open(StoredFile.open("in.csv", in), (byte) ',', charset, bufferSize)) {
            return Records.of(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
