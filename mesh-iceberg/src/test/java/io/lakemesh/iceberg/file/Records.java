package io.lakemesh.iceberg.file;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a source into lists, for assertions. */
final class Records {
    private Records() {}

    /** One row: its cells by name, or why it could not be read. */
    record Read(String file, long line, Map<String, @Nullable Object> cells, @Nullable String malformed) {}

    static List<Read> of(RecordSource source) {
        try (RecordReader reader = source.open()) {
            return of(reader);
        }
    }

    static List<Read> of(RecordReader reader) {
        List<Read> rows = new ArrayList<>();
        RawBatch batch = new RawBatch();
        while (reader.read(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                rows.add(read(batch, row));
            }
        }
        return rows;
    }

    private static Read read(RawBatch batch, int row) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (int column = 0; column < batch.names().size() && batch.malformed(row) == null; column++) {
            cells.put(batch.names().get(column), batch.column(column).get(row));
        }
        return new Read(batch.file(), batch.line(row), cells, batch.malformed(row));
    }
}
