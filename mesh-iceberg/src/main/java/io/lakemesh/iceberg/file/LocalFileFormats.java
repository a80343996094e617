package io.lakemesh.iceberg.file;

import io.lakemesh.batch.RecordSource;
import io.lakemesh.run.FileFormats;
import io.lakemesh.run.FileOptions;

/** CSV, JSON Lines and Parquet files on local disks. */
public final class LocalFileFormats implements FileFormats {
    @Override
    public RecordSource open(String path, FileOptions options) {
        return FileSources.of(path, options);
    }
}
