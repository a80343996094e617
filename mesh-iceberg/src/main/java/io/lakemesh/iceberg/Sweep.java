package io.lakemesh.iceberg;

import io.lakemesh.provenance.FileEvidence;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileInfo;

/**
 * The files of a table that nothing leads to. Only files of our own making count, as their names and folders show, and only old
 * ones by the storage's own time. They are known by their names, which are never given twice, so that another way to write a
 * location does not make a file look forgotten.
 */
final class Sweep {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern DATA =
            Pattern.compile("(compacted-)?" + UUID + "-[0-9]{5,}\\.parquet|" + UUID + "-deletes\\.parquet");
    private static final Pattern METADATA = Pattern.compile("[0-9]{5,}-" + UUID + "(\\.gz)?\\.metadata\\.json(\\.gz)?"
            + "|snap-[0-9]+-[0-9]+-" + UUID + "\\.avro|" + UUID + "-m[0-9]+\\.avro");

    private final List<FileInfo> data;
    private final List<FileInfo> metadata;

    /** Lists what is there. Whatever is committed from here on is seen by {@link #leftovers}. */
    Sweep(BaseTable table, FileBlobStore blobs) {
        this.data = blobs.listed(table.location() + "/data/");
        this.metadata = blobs.listed(table.location() + "/metadata/");
    }

    /**
     * What nothing leads to.
     *
     * @param now the table as it is, or would be, after the listing
     * @param before only files older than this
     */
    List<FileEvidence> leftovers(TableMetadata now, Reach reach, Instant before) {
        Set<String> names = new HashSet<>();
        reach.of(now).keySet().forEach(location -> names.add(name(location)));
        names.add(name(String.valueOf(now.metadataFileLocation())));
        now.previousFiles().forEach(entry -> names.add(name(entry.file())));
        if (!shows(now)) {
            return List.of();
        }
        return Stream.concat(
                        old(data, now.location() + "/data/", DATA, before)
                                .map(file -> evidence(FileEvidence.Kind.DATA, file)),
                        old(metadata, now.location() + "/metadata/", METADATA, before)
                                .map(file -> evidence(FileEvidence.Kind.MANIFEST, file)))
                .filter(file -> !names.contains(name(file.location())))
                .toList();
    }

    /** A listing without what the table surely rests on is of another place: nothing follows from it. */
    private boolean shows(TableMetadata now) {
        Snapshot current = now.currentSnapshot();
        return current != null
                && metadata.stream()
                        .anyMatch(file -> name(file.location()).equals(name(current.manifestListLocation())));
    }

    private static Stream<FileInfo> old(List<FileInfo> files, String folder, Pattern ours, Instant before) {
        return files.stream()
                .filter(file -> ours.matcher(name(file.location())).matches())
                .filter(file ->
                        file.location().endsWith(folder.substring(folder.indexOf(":/") + 1) + name(file.location())))
                .filter(file -> file.createdAtMillis() > 0 && file.createdAtMillis() < before.toEpochMilli());
    }

    private static FileEvidence evidence(FileEvidence.Kind kind, FileInfo file) {
        return new FileEvidence(kind, file.location(), file.size(), "");
    }

    private static String name(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
