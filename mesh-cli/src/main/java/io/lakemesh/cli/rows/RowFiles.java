package io.lakemesh.cli.rows;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;

/** Rows as files. */
public final class RowFiles {
    private RowFiles() {}

    /**
     * Starts a file of the kind that its name says, in place of what is there.
     *
     * @throws InvalidInputException if the name says none, or the file cannot be written
     */
    public static RowWriter start(Path file, TableSchema schema) {
        String name = file.toString();
        if (name.endsWith(".csv")) {
            return TextFileWriter.csv(
                    file, schema.fields().stream().map(Field::name).toList());
        }
        if (name.endsWith(".jsonl")) {
            return TextFileWriter.jsonLines(file);
        }
        if (name.endsWith(".parquet")) {
            return new ParquetWriter(file, schema);
        }
        throw new InvalidInputException(
                "Cannot write " + file + ": expected a name that ends in .csv, .jsonl or .parquet");
    }
}
