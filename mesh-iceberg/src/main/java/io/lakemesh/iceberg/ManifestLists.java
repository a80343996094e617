package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.InternalData;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes manifest lists of Iceberg's format 2 (Iceberg specification, "Manifest Lists"): for snapshots that are made of another
 * and not of a change, which Iceberg's own operations cannot make.
 */
final class ManifestLists {
    private static final Schema FORMAT_2 = new Schema(
            ManifestFile.PATH,
            ManifestFile.LENGTH,
            ManifestFile.SPEC_ID,
            ManifestFile.MANIFEST_CONTENT.asRequired(),
            ManifestFile.SEQUENCE_NUMBER.asRequired(),
            ManifestFile.MIN_SEQUENCE_NUMBER.asRequired(),
            ManifestFile.SNAPSHOT_ID.asRequired(),
            ManifestFile.ADDED_FILES_COUNT.asRequired(),
            ManifestFile.EXISTING_FILES_COUNT.asRequired(),
            ManifestFile.DELETED_FILES_COUNT.asRequired(),
            ManifestFile.ADDED_ROWS_COUNT.asRequired(),
            ManifestFile.EXISTING_ROWS_COUNT.asRequired(),
            ManifestFile.DELETED_ROWS_COUNT.asRequired(),
            ManifestFile.PARTITION_SUMMARIES);

    private ManifestLists() {}

    /** A manifest and the sequence number of the snapshot that it was written for. */
    record Entry(ManifestFile manifest, long sequenceNumber) {}

    static void write(
            OutputFile output, long snapshot, @Nullable Long parent, long sequenceNumber, List<Entry> manifests) {
        try (FileAppender<StructLike> list = InternalData.write(FileFormat.AVRO, output)
                .schema(FORMAT_2)
                .named("manifest_file")
                .meta(Map.of(
                        "snapshot-id", Long.toString(snapshot),
                        "parent-snapshot-id", String.valueOf(parent),
                        "sequence-number", Long.toString(sequenceNumber),
                        "format-version", "2"))
                .overwrite()
                .build()) {
            manifests.forEach(entry -> list.add(row(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + output.location(), e);
        }
    }

    private static StructLike row(Entry entry) {
        ManifestFile manifest = entry.manifest();
        GenericRecord row = GenericRecord.create(FORMAT_2);
        row.setField("manifest_path", manifest.path());
        row.setField("manifest_length", manifest.length());
        row.setField("partition_spec_id", manifest.partitionSpecId());
        row.setField("content", manifest.content().id());
        row.setField("sequence_number", entry.sequenceNumber());
        row.setField("min_sequence_number", manifest.minSequenceNumber());
        row.setField("added_snapshot_id", manifest.snapshotId());
        row.setField("added_files_count", manifest.addedFilesCount());
        row.setField("existing_files_count", manifest.existingFilesCount());
        row.setField("deleted_files_count", manifest.deletedFilesCount());
        row.setField("added_rows_count", manifest.addedRowsCount());
        row.setField("existing_rows_count", manifest.existingRowsCount());
        row.setField("deleted_rows_count", manifest.deletedRowsCount());
        row.setField("partitions", manifest.partitions());
        return row;
    }
}
