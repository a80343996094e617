package io.lakemesh.iceberg.file;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** One Parquet file, whoever wrote it. It is read out of order, so that its digest takes a reading of its own beforehand. */
final class ParquetReader implements RecordReader {
    private final Path path;
    private final InputEvidence stored;
    private final FileTime modified;
    private final org.apache.parquet.hadoop.ParquetReader<Group> groups;
    private final List<String> names;
    private final RawColumn.Values[] columns;
    private final ParquetValues[] values;
    private long rows;
    private @Nullable InputEvidence evidence;

    private ParquetReader(Path path) throws IOException {
        this.path = path;
        this.modified = Files.getLastModifiedTime(path);
        try (StoredFile file = StoredFile.open(path)) {
            this.stored = file.evidence(0);
        }
        InputFile input = new LocalInputFile(path);
        MessageType schema = schema(input);
        this.names = schema.getFields().stream().map(Type::getName).toList();
        this.values = schema.getFields().stream().map(ParquetValues::of).toArray(ParquetValues[]::new);
        this.columns =
                Stream.generate(RawColumn.Values::new).limit(names.size()).toArray(RawColumn.Values[]::new);
        this.groups = new Groups(input).build();
    }

    static ParquetReader open(Path path) {
        try {
            return new ParquetReader(path);
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    private static MessageType schema(InputFile input) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            return reader.getFileMetaData().getSchema();
        }
    }

    private static InvalidInputException damaged(Path path, Exception e) {
        return new InvalidInputException(
                "Cannot read " + Shown.name(path.toString())
                        + ": it is cut off, damaged, or no Parquet file that can be read here ("
                        + e.getClass().getSimpleName() + ")",
                e);
    }

    @Override
    public boolean read(RawBatch batch) {
        batch.clear();
        batch.startFile(path.toString(), names, columns);
        Group group = batch.isFull() ? null : next();
        while (group != null) {
            addRecord(batch, group);
            group = batch.isFull() ? null : next();
        }
        return batch.size() > 0 || end();
    }

    private @Nullable Group next() {
        try {
            return groups.read();
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    private void addRecord(RawBatch batch, Group group) {
        int row = batch.size();
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(row, values[i].read(group, i));
        }
        batch.addRow(++rows);
    }

    private boolean end() {
        if (evidence == null) {
            evidence = new InputEvidence(stored.name(), stored.sha256(), unchangedSize(), rows);
        }
        return false;
    }

    private long unchangedSize() {
        try {
            if (Files.size(path) == stored.bytes()
                    && Files.getLastModifiedTime(path).equals(modified)) {
                return stored.bytes();
            }
        } catch (IOException e) {
            throw damaged(path, e);
        }
        throw new InvalidInputException(
                "Cannot read " + Shown.name(path.toString()) + ": it was changed while it was read; try again");
    }

    @Override
    public List<InputEvidence> evidence() {
        return evidence == null ? List.of() : List.of(evidence);
    }

    @Override
    public void close() {
        try {
            groups.close();
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private static final class Groups extends org.apache.parquet.hadoop.ParquetReader.Builder<Group> {
        Groups(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
