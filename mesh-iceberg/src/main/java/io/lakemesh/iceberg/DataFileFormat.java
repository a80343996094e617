package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.iceberg.columnar.ColumnarFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** Opens a table's data files: written by columns where the schema is flat and plain, else row by row by Iceberg's writers. */
final class DataFileFormat {
    private final Table table;
    private final Schema schema;
    private final PartitionSpec spec;
    private final MetricsConfig metrics;
    private final boolean byColumns;

    DataFileFormat(Table table) {
        this.table = table;
        this.schema = table.schema();
        this.spec = table.spec();
        this.metrics = MetricsConfig.forTable(table);
        this.byColumns = ColumnarFile.supports(schema);
    }

    OpenDataFile open(HashingOutputFile output, PartitionKey partition) {
        PartitionKey key = spec.isUnpartitioned() ? null : partition;
        return byColumns ? new ByColumns(output, key) : new ByRows(output, key);
    }

    private final class ByColumns implements OpenDataFile {
        private final HashingOutputFile output;
        private final @Nullable PartitionKey partition;
        private final ColumnarFile file;

        ByColumns(HashingOutputFile output, @Nullable PartitionKey partition) {
            this.output = output;
            this.partition = partition;
            this.file = new ColumnarFile(output, schema);
        }

        @Override
        public void write(Batch batch, int[] selected, int count) {
            file.write(batch, selected, count);
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public StagedFile<DataFile> finish() {
            file.close();
            DataFiles.Builder data = DataFiles.builder(spec)
                    .withPath(output.location())
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(file.length())
                    .withMetrics(file.metrics(metrics))
                    .withSplitOffsets(file.splitOffsets());
            if (partition != null) {
                data.withPartition(partition);
            }
            return new StagedFile<>(data.build(), output.sha256());
        }

        @Override
        public void abort() throws IOException {
            output.abort();
            file.abort();
        }
    }

    private final class ByRows implements OpenDataFile {
        private final HashingOutputFile output;
        private final DataWriter<BatchRow> writer;
        private @Nullable BatchRow row;

        ByRows(HashingOutputFile output, @Nullable PartitionKey partition) {
            this.output = output;
            try {
                this.writer = Parquet.writeData(output)
                        .schema(schema)
                        .setAll(table.properties())
                        .metricsConfig(metrics)
                        .createWriterFunc(message -> BatchRowWriter.create(schema, message))
                        .withSpec(spec)
                        .withPartition(partition)
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + output.location(), e);
            }
        }

        @Override
        public void write(Batch batch, int[] selected, int count) {
            BatchRow at = row == null ? new BatchRow(batch) : row;
            row = at;
            for (int i = 0; i < count; i++) {
                writer.write(at.at(batch, selected[i]));
            }
        }

        @Override
        public long length() {
            return writer.length();
        }

        @Override
        public StagedFile<DataFile> finish() {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + output.location(), e);
            }
            return new StagedFile<>(writer.toDataFile(), output.sha256());
        }

        @Override
        public void abort() throws IOException {
            // nothing else is held but memory
            output.abort();
        }
    }
}
