package io.lakemesh.iceberg.file;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files read one after the other. */
record FileRecordSource(String name, List<Path> files, CsvOptions options) implements RecordSource {
    FileRecordSource {
        files = List.copyOf(files);
    }

    @Override
    public RecordReader open() {
        return new Reader(files.iterator(), options);
    }

    private static final class Reader implements RecordReader {
        private final Iterator<Path> rest;
        private final CsvOptions options;
        private final List<InputEvidence> evidence = new ArrayList<>();
        private @Nullable RecordReader current;

        Reader(Iterator<Path> files, CsvOptions options) {
            this.rest = files;
            this.options = options;
        }

        @Override
        public boolean read(RawBatch batch) {
            while (true) {
                RecordReader reader = current;
                if (reader != null && reader.read(batch)) {
                    return true;
                }
                if (reader != null) {
                    evidence.addAll(reader.evidence());
                    close();
                }
                if (!rest.hasNext()) {
                    batch.clear();
                    return false;
                }
                current = open(rest.next(), options);
            }
        }

        @Override
        public List<InputEvidence> evidence() {
            return List.copyOf(evidence);
        }

        @Override
        public void close() {
            RecordReader reader = current;
            current = null;
            if (reader != null) {
                reader.close();
            }
        }
    }

    private static RecordReader open(Path file, CsvOptions options) {
        FileFormat format = FileFormat.of(file.toString()).orElseThrow();
        return switch (format) {
            case CSV -> CsvReader.open(file, options.delimiterOr(','), options.charset());
            case TSV -> CsvReader.open(file, options.delimiterOr('\t'), options.charset());
            case JSON -> JsonReader.open(file);
            case PARQUET -> ParquetReader.open(file);
        };
    }
}
