package io.lakemesh.iceberg.file;

import io.lakemesh.batch.DiscoveredColumns;
import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file of JSON Lines: an object a line, blank lines apart. */
final class JsonReader implements RecordReader {
    private final StoredFile file;
    private final LineReader lines;
    private final DiscoveredColumns columns;
    private long rows;
    private @Nullable InputEvidence evidence;

    private JsonReader(StoredFile file, LineReader lines) {
        this.file = file;
        this.lines = lines;
        this.columns = new DiscoveredColumns(file.name());
    }

    static JsonReader open(Path path) {
        return open(StoredFile.open(path), CsvTokenizer.BUFFER);
    }

    static JsonReader open(StoredFile file, int bufferSize) {
        try {
            return new JsonReader(file, new LineReader(TextInput.of(file::read, null), file.name(), bufferSize));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean read(RawBatch batch) {
        batch.clear();
        while (!batch.isFull() && lines.next()) {
            if (!lines.isBlank()) {
                addRecord(batch);
            }
        }
        columns.nameColumns(batch);
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
        try {
            if (!columns.add(batch, lines.line(), JsonValues.object(lines.buffer(), lines.start(), lines.end()))) {
                throw new InvalidInputException("Cannot read " + Shown.name(file.name()) + ": up to line "
                        + lines.line() + " it has more than " + DiscoveredColumns.MAX_COLUMNS + " different keys");
            }
        } catch (JsonValues.Refused e) {
            batch.addMalformed(lines.line(), String.valueOf(e.getMessage()));
        }
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
