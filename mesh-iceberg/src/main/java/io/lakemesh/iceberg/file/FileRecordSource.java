package io.lakemesh.iceberg.file;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.run.FileOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files read one after the other. */
record FileRecordSource(String name, List<Path> files, FileOptions options) implements RecordSource {
    FileRecordSource {
        files = List.copyOf(files);
    }

    @Override
    public RecordReader open() {
        return new Reader(files.iterator(), options);
    }

    private static final class Reader implements RecordReader {
        private final Iterator<Path> rest;
        private final FileOptions options;
        private final List<InputEvidence> evidence = new ArrayList<>();
        private @Nullable RecordReader current;

        Reader(Iterator<Path> files, FileOptions options) {
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

    private static byte delimiter(FileOptions options, char usual) {
        Character wanted = options.delimiter();
        return (byte) (wanted == null ? usual : wanted.charValue());
    }

    private static RecordReader open(Path file, FileOptions options) {
        FileFormat format = FileFormat.of(file.toString()).orElseThrow();
        return switch (format) {
            case CSV -> CsvReader.open(file, delimiter(options, ','), options.charset());
            case TSV -> CsvReader.open(file, delimiter(options, '\t'), options.charset());
            case JSON -> JsonReader.open(file);
            case PARQUET -> ParquetReader.open(file);
        };
    }
}
