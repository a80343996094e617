package io.lakemesh.cli.rows;

import io.lakemesh.document.Json;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.schema.Row;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as lines of a text file: CSV (RFC 4180; null is an empty field, an empty text a quoted one) or JSON Lines. */
final class TextFileWriter implements RowWriter {
    private final Path file;
    private final PartialFile partial;
    private final BufferedWriter out;
    private final Function<Row, String> line;

    private TextFileWriter(Path file, Function<Row, String> line) {
        this.file = file;
        this.partial = new PartialFile(file);
        this.line = line;
        try {
            this.out = Files.newBufferedWriter(partial.part());
        } catch (IOException e) {
            throw new InvalidInputException("Cannot write " + file + ": " + e, e);
        }
    }

    static TextFileWriter csv(Path file, List<String> columns) {
        TextFileWriter writer = new TextFileWriter(file, row -> record(row.values()));
        writer.writeLine(record(columns));
        return writer;
    }

    static TextFileWriter jsonLines(Path file) {
        return new TextFileWriter(file, row -> Json.writeCompact(Values.node(row)) + "\n");
    }

    private static String record(List<? extends @Nullable Object> values) {
        return values.stream().map(TextFileWriter::field).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = Values.text(value);
        boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void write(Row row) {
        writeLine(line.apply(row));
    }

    private void writeLine(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new MeshException("Cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public void finish() {
        closeFile();
        partial.complete();
    }

    private void closeFile() {
        try {
            out.close();
        } catch (IOException e) {
            throw new MeshException("Cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            closeFile();
        } finally {
            partial.discard();
        }
    }
}
