package io.lakemesh.iceberg.file;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.error.InvalidInputException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One CSV file with a header row. */
final class CsvReader implements RecordReader {
    private final StoredFile file;
    private final CsvTokenizer tokens;
    private final List<String> names;
    private final RawColumn.Text[] columns;
    private long rows;
    private @Nullable InputEvidence evidence;

    private CsvReader(StoredFile file, CsvTokenizer tokens) {
        this.file = file;
        this.tokens = tokens;
        this.names = header();
        this.columns = Stream.generate(RawColumn.Text::new).limit(names.size()).toArray(RawColumn.Text[]::new);
    }

    static CsvReader open(Path path, byte delimiter, @Nullable Charset charset) {
        return open(StoredFile.open(path), delimiter, charset, CsvTokenizer.BUFFER);
    }

    static CsvReader open(StoredFile file, byte delimiter, @Nullable Charset charset, int bufferSize) {
        try {
            TextInput text = TextInput.of(file::read, charset);
            return new CsvReader(file, new CsvTokenizer(text, file.name(), delimiter, bufferSize));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean read(RawBatch batch) {
        batch.clear();
        batch.startFile(file.name(), names, columns);
        while (!batch.isFull()) {
            if (tokens.next()) {
                addRecord(batch);
            } else if (batch.size() > 0 || !tokens.refill()) {
                break;
            }
        }
        for (RawColumn.Text column : columns) {
            column.setBytes(tokens.buffer());
        }
        rows += batch.size();
        return batch.size() > 0 || end();
    }

    private boolean end() {
        if (evidence == null) {
            evidence = file.evidence(rows);
        }
        return false;
    }

    private void addRecord(RawBatch batch) {
        String problem = problem();
        if (problem != null) {
            batch.addMalformed(tokens.recordLine(), problem);
            return;
        }
        int row = batch.addRow(tokens.recordLine());
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(row, tokens.start(i), tokens.length(i));
        }
    }

    private @Nullable String problem() {
        String fault = tokens.fault();
        if (fault != null) {
            return fault;
        }
        return tokens.fields() == columns.length
                ? null
                : "has " + count(tokens.fields(), "field") + ", the header has " + columns.length;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private List<String> header() {
        while (!tokens.next()) {
            if (!tokens.refill()) {
                throw new InvalidInputException("Cannot read " + shownFile() + ": it is empty, expected a header row");
            }
        }
        String fault = tokens.fault();
        if (fault != null) {
            throw new InvalidInputException("Invalid header of " + shownFile() + ": it " + fault);
        }
        if (tokens.fields() > CsvTokenizer.MAX_FIELDS) {
            throw new InvalidInputException("Invalid header of " + shownFile() + ": it has " + tokens.fields()
                    + " columns, at most " + CsvTokenizer.MAX_FIELDS + " are read");
        }
        return checked(headerFields());
    }

    private List<String> headerFields() {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < tokens.fields(); i++) {
            fields.add(new String(
                    tokens.buffer(), tokens.start(i), Math.max(0, tokens.length(i)), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private List<String> checked(List<String> fields) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (String name : fields) {
            if (name.isBlank()) {
                throw new InvalidInputException(
                        "Invalid header of " + shownFile() + ": column " + (seen.size() + 1) + " has no name");
            }
            Integer earlier = seen.putIfAbsent(name, seen.size() + 1);
            if (earlier != null) {
                // without the name: of a file that lacks its header, it would be a value
                throw new InvalidInputException("Invalid header of " + shownFile() + ": column " + (seen.size() + 1)
                        + " has the name of column " + earlier);
            }
        }
        return List.copyOf(seen.keySet());
    }

    private String shownFile() {
        return Shown.name(file.name());
    }

    @Override
    public List<InputEvidence> evidence() {
        return evidence == null ? List.of() : List.of(evidence);
    }

    @Override
    public void close() {
        file.close();
    }
}
