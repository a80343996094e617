package io.lakemesh.cli.rows;

import io.lakemesh.iceberg.ParquetExport;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;

/** Rows as a Parquet file. */
public final class ParquetWriter implements RowWriter {
    private final ParquetExport export;

    public ParquetWriter(Path file, TableSchema schema) {
        this.export = new ParquetExport(file, schema);
    }

    @Override
    public void write(Row row) {
        export.write(row);
    }

    @Override
    public void close() {
        export.close();
    }
}
