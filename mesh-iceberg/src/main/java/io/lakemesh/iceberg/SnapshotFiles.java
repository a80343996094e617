package io.lakemesh.iceberg;

import io.lakemesh.provenance.FileEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** Every file that a snapshot rests on. */
final class SnapshotFiles {
    private SnapshotFiles() {}

    static List<FileEvidence> of(BaseTable table, Snapshot snapshot) {
        List<FileEvidence> files = new ArrayList<>();
        String list = snapshot.manifestListLocation();
        files.add(new FileEvidence(
                FileEvidence.Kind.MANIFEST_LIST,
                list,
                table.io().newInputFile(list).getLength(),
                ""));
        for (ManifestFile manifest : snapshot.allManifests(table.io())) {
            files.add(new FileEvidence(FileEvidence.Kind.MANIFEST, manifest.path(), manifest.length(), ""));
            files.addAll(of(manifest, table.io(), table.operations().current()));
        }
        return files;
    }

    /** The files that a manifest lists and that were not removed. */
    static List<FileEvidence> of(ManifestFile manifest, FileIO io, TableMetadata metadata) {
        FileEvidence.Kind data = metadata.properties().containsKey(TableProperties.QUARANTINE)
                ? FileEvidence.Kind.QUARANTINE
                : FileEvidence.Kind.DATA;
        List<FileEvidence> files = new ArrayList<>();
        if (manifest.content() == ManifestContent.DATA) {
            add(ManifestFiles.read(manifest, io, metadata.specsById()), data, files);
        } else {
            add(ManifestFiles.readDeleteManifest(manifest, io, metadata.specsById()), FileEvidence.Kind.DELETE, files);
        }
        return files;
    }

    private static <F extends ContentFile<F>> void add(
            ManifestReader<F> manifest, FileEvidence.Kind kind, List<FileEvidence> files) {
        try (manifest) {
            for (F file : manifest) {
                files.add(new FileEvidence(kind, file.location(), file.fileSizeInBytes(), ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a manifest", e);
        }
    }
}
