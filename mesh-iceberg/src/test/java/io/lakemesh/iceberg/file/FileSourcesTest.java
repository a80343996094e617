package io.lakemesh.iceberg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.iceberg.file.Records.Read;
import io.lakemesh.run.FileOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourcesTest {
    private final Path folder;

    FileSourcesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsAFoldersFilesByNameAndGivesEvidenceOfEach() throws Exception {
        write("b.csv", "a\n1\n2\n");
        write("a.csv.gz", gzip("a\n3\n"));
        write("notes.txt", "not data");
        write(".hidden.csv", "a\n4\n");

        RecordSource source = FileSources.of(folder.toString());

        assertThat(Records.of(source))
                .extracting(Read::file, row -> row.cells().get("a"))
                .containsExactly(tuple(name("a.csv.gz"), "3"), tuple(name("b.csv"), "1"), tuple(name("b.csv"), "2"));
        assertThat(evidence(source)).containsExactly(expected("a.csv.gz", 1), expected("b.csv", 2));
    }

    @Test
    void digestsWhatFollowsAGzipMemberToo() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(gzip("a\n3\n"));
        bytes.write(gzip("4\n"));
        bytes.write(new byte[100_000]);
        write("a.csv.gz", bytes.toByteArray());

        RecordSource source = FileSources.of(name("a.csv.gz"));

        assertThat(Records.of(source)).extracting(row -> row.cells().get("a")).containsExactly("3", "4");
        assertThat(evidence(source)).containsExactly(expected("a.csv.gz", 2));
    }

    @Test
    void readsWhatAGlobMeans() throws Exception {
        Files.createDirectories(folder.resolve("2020/01"));
        write("2020/01/x.csv", "a\n1\n");
        write("2020/y.csv", "a\n2\n");
        write("z.csv", "a\n3\n");

        assertThat(Records.of(FileSources.of(folder + "/2020/*.csv"))).hasSize(1);
        assertThat(Records.of(FileSources.of(folder + "/20{19,20}/**.csv"))).hasSize(2);
        assertThat(Records.of(FileSources.of(folder + "//?.csv"))).hasSize(1);
    }

    @Test
    void aFileWhoseNameLooksLikeAGlobIsThatFile() throws Exception {
        write("a[1].csv", "a\n1\n");

        assertThat(Records.of(FileSources.of(name("a[1].csv")))).hasSize(1);
    }

    @Test
    void startsAnewWithEachFilesHeader() throws Exception {
        write("a.csv", "x,y\n1,2\n");
        write("b.tsv", "y\tx\n2\t1\n");

        assertThat(Records.of(FileSources.of(folder.toString())))
                .extracting(row -> row.cells().get("x"))
                .containsExactly("1", "1");
    }

    @Test
    void readsWithAnotherDelimiter() throws Exception {
        write("a.csv", "x;y\n1;2,5\n");

        assertThat(Records.of(FileSources.of(name("a.csv"), FileOptions.DEFAULT.withDelimiter(';'))))
                .singleElement()
                .satisfies(row -> assertThat(row.cells()).containsEntry("y", "2,5"));
    }

    @Test
    void refusesADelimiterThatCannotBeOne() {
        for (char delimiter : new char[] {'"', '\n', '\0', '§'}) {
            assertThatThrownBy(() -> FileOptions.DEFAULT.withDelimiter(delimiter))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Invalid CSV delimiter");
        }
    }

    @Test
    void saysWhatWasLookedFor() {
        assertThatThrownBy(() -> FileSources.of(name("missing.csv")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find input " + name("missing.csv"));
        assertThatThrownBy(() -> FileSources.of(folder.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find any input file in folder " + folder);
        assertThatThrownBy(() -> FileSources.of(folder + "/*.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find any input file by " + folder + "/*.csv");
        assertThatThrownBy(() -> FileSources.of("a\0\u001b.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid input path a??.csv");
        assertThatThrownBy(() -> FileSources.of("[a.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid input path [a.csv");
    }

    @Test
    void refusesAFileOfUnknownFormat() throws Exception {
        write("a.xlsx", "x");

        for (String input : List.of(name("a.xlsx"), folder + "/*")) {
            assertThatThrownBy(() -> FileSources.of(input))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            name("a.xlsx") + ": its name tells no supported format, expected one of .csv,");
        }
    }

    @Test
    void refusesADamagedGzipFile() throws Exception {
        byte[] whole = gzip("a\n" + "12345\n".repeat(1000));
        write("cut.csv.gz", java.util.Arrays.copyOf(whole, whole.length - 9));
        write("text.csv.gz", "a\n1\n");

        for (String file : List.of("cut.csv.gz", "text.csv.gz")) {
            assertThatThrownBy(() -> Records.of(FileSources.of(name(file))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Cannot unzip " + name(file) + ": it is cut off, damaged, or no gzip file");
        }
    }

    private static List<InputEvidence> evidence(RecordSource source) {
        try (RecordReader reader = source.open()) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                assertThat(batch.size()).isPositive();
            }
            assertThat(reader.read(batch)).isFalse();
            return reader.evidence();
        }
    }

    private InputEvidence expected(String file, long rows) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new InputEvidence(name(file), digest, bytes.length, rows);
    }

    private String name(String file) {
        return folder.resolve(file).toString();
    }

    private void write(String file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.write(folder.resolve(file), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
