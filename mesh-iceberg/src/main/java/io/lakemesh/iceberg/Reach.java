package io.lakemesh.iceberg;

import io.lakemesh.provenance.FileEvidence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** Every file that a table's metadata leads to. Reads each manifest once, however many snapshots share it. Not thread-safe. */
final class Reach {
    private final FileIO io;
    private final Map<String, List<FileEvidence>> manifests = new HashMap<>();
    private final Map<String, List<ManifestFile>> lists = new HashMap<>();

    Reach(FileIO io) {
        this.io = io;
    }

    /** The files of all snapshots, by location; without digests. */
    Map<String, FileEvidence> of(TableMetadata metadata) {
        Map<String, FileEvidence> files = new LinkedHashMap<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            String list = snapshot.manifestListLocation();
            put(files, new FileEvidence(FileEvidence.Kind.MANIFEST_LIST, list, 0, ""));
            for (ManifestFile manifest : lists.computeIfAbsent(list, location -> copies(snapshot))) {
                put(files, new FileEvidence(FileEvidence.Kind.MANIFEST, manifest.path(), manifest.length(), ""));
                manifests
                        .computeIfAbsent(manifest.path(), path -> SnapshotFiles.of(manifest, io, metadata))
                        .forEach(file -> put(files, file));
            }
        }
        return files;
    }

    private List<ManifestFile> copies(Snapshot snapshot) {
        return snapshot.allManifests(io).stream().map(ManifestFile::copy).toList();
    }

    private static void put(Map<String, FileEvidence> files, FileEvidence file) {
        files.putIfAbsent(file.location(), file);
    }
}
