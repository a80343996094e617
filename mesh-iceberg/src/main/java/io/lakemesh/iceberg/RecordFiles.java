package io.lakemesh.iceberg;

import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.DeleteLoader;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionUtil;

/** Reads the records of data files, without those that delete files name. */
final class RecordFiles {
    private final FileIO io;
    private final Schema tableSchema;
    private final Schema projection;

    /**
     * Reads files of a table.
     *
     * @param projection the columns wanted; may hold the row's position, and columns of identity partitions that files lack
     */
    RecordFiles(FileIO io, Schema tableSchema, Schema projection) {
        this.io = io;
        this.tableSchema = tableSchema;
        this.projection = projection;
    }

    CloseableIterable<Record> read(FileScanTask task) {
        GenericDeleteFilter deletes = deletes(task);
        Schema needed = deletes.requiredSchema();
        Map<Integer, ?> constants = PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant);
        CloseableIterable<Record> records = Parquet.read(io.newInputFile(task.file()))
                .project(needed)
                .createReaderFunc(message -> GenericParquetReaders.buildReader(needed, message, constants))
                .split(task.start(), task.length())
                .filter(task.residual())
                .build();
        return deletes.filter(records);
    }

    /** A single delete file is read at once: of many at a time Iceberg looks only each 10 ms whether they are there. */
    private GenericDeleteFilter deletes(FileScanTask task) {
        return new GenericDeleteFilter(io, task, tableSchema, projection) {
            @Override
            protected DeleteLoader newDeleteLoader() {
                return task.deletes().size() > 1
                        ? super.newDeleteLoader()
                        : new BaseDeleteLoader(this::loadInputFile, null);
            }
        };
    }
}
