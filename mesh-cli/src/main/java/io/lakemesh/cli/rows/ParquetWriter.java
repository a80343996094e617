package io.lakemesh.cli.rows;

import io.lakemesh.iceberg.ParquetExport;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;

/** Rows as a Parquet file. */
final class ParquetWriter implements RowWriter {
    private final PartialFile file;
    private final ParquetExport export;

    ParquetWriter(Path file, TableSchema schema) {
        this.file = new PartialFile(file);
        this.export = new ParquetExport(this.file.part(), schema);
    }

    @Override
    public void write(Row row) {
        export.write(row);
    }

    @Override
    public void finish() {
        export.close();
        file.complete();
    }

    @Override
    public void close() {
        try {
            export.close();
        } finally {
            file.discard();
        }
    }
}
