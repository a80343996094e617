package io.lakemesh.iceberg;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** Writes rows to a Parquet file of their own, outside any table; in place of what is there. Not thread-safe. */
public final class ParquetExport implements AutoCloseable {
    private final Path file;
    private final Schema schema;
    private final FileAppender<Record> appender;

    /**
     * Starts a file.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public ParquetExport(Path file, TableSchema columns) {
        this.file = file;
        this.schema = Schemas.toIceberg(new TableSchema(identified(columns).fields(), List.of()));
        try {
            this.appender = Parquet.write(
                            Files.localOutput(file.toAbsolutePath().toFile()))
                    .schema(schema)
                    .createWriterFunc(GenericParquetWriter::create)
                    .overwrite()
                    .build();
        } catch (IOException | org.apache.iceberg.exceptions.RuntimeIOException e) {
            throw new InvalidInputException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** A query's columns have no ids of their own, but those of a Parquet file must differ. */
    private static TableSchema identified(TableSchema columns) {
        return columns.fields().stream().anyMatch(field -> field.id() == Field.UNASSIGNED)
                ? new FieldIds(null, 0).assign(columns, List.of())
                : columns;
    }

    /** Adds a row with exactly the columns of the file. */
    public void write(Row row) {
        GenericRecord record = GenericRecord.create(schema);
        for (int i = 0; i < schema.columns().size(); i++) {
            record.set(i, Values.toIceberg(row.get(i), schema.columns().get(i).type()));
        }
        appender.add(record);
    }

    @Override
    public void close() {
        try {
            appender.close();
        } catch (IOException e) {
            throw new MeshException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
