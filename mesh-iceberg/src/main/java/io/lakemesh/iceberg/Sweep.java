package io.lakemesh.iceberg;

import io.lakemesh.provenance.FileEvidence;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
            Pattern.compile("(compacted-|erased-)?" + UUID + "-[0-9]{5,}\\.parquet|" + UUID + "-deletes\\.parquet");
    private static final Pattern METADATA = Pattern.compile("[0-9]{5,}-" + UUID + "(\\.gz)?\\.metadata\\.json(\\.gz)?"
            + "|snap-[0-9]+-[0-9]+-" + UUID + "\\.avro|" + UUID + "-m[0-9]+\\.avro");
    /** What a killed process was writing to the local disk ({@link LocalOutputStream}). */
    private static final Pattern PARTIAL = Pattern.compile("\\.(.*)\\." + UUID + "\\.tmp");

    private static final Pattern NUMBER = Pattern.compile("([0-9]{5,18})-");

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
        return leftovers(now, reach, before, Set.of());
    }

    /** Likewise; and, whatever their age and make, files that have one of some names. */
    List<FileEvidence> leftovers(TableMetadata now, Reach reach, Instant before, Set<String> gone) {
        if (!shows(now)) {
            return List.of();
        }
        Set<String> names = new HashSet<>();
        now.previousFiles().forEach(entry -> names.add(name(entry.file())));
        names.removeAll(gone);
        reach.of(now).keySet().forEach(location -> names.add(name(location)));
        names.add(name(String.valueOf(now.metadataFileLocation())));
        return Stream.concat(
                        data.stream()
                                .filter(file ->
                                        isGone(file, gone) || isOld(file, now.location() + "/data/", DATA, before))
                                .map(file -> evidence(FileEvidence.Kind.DATA, file)),
                        metadata.stream()
                                .filter(file -> isGone(file, gone)
                                        || isOld(file, now.location() + "/metadata/", METADATA, before))
                                .map(file -> evidence(FileEvidence.Kind.MANIFEST, file)))
                .filter(file -> !names.contains(name(file.location())))
                .toList();
    }

    /** The names of the metadata files that came before the current one. */
    Set<String> past(TableMetadata now) {
        long current = number(name(String.valueOf(now.metadataFileLocation())));
        return metadata.stream()
                .map(file -> name(file.location()))
                .filter(name -> METADATA.matcher(name).matches() && 0 <= number(name) && number(name) < current)
                .collect(Collectors.toSet());
    }

    /** The number that a metadata file's name begins with; -1 where it begins with none. */
    private static long number(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.lookingAt() ? Long.parseLong(number.group(1)) : -1;
    }

    /** A listing without what the table surely rests on is of another place: nothing follows from it. */
    boolean shows(TableMetadata now) {
        Snapshot current = now.currentSnapshot();
        return current != null
                && metadata.stream()
                        .anyMatch(file -> name(file.location()).equals(name(current.manifestListLocation())));
    }

    private static boolean isGone(FileInfo file, Set<String> gone) {
        return gone.contains(name(file.location()));
    }

    private static boolean isOld(FileInfo file, String folder, Pattern ours, Instant before) {
        String name = name(file.location());
        return ours.matcher(whole(name)).matches()
                && file.location().endsWith(folder.substring(folder.indexOf(":/") + 1) + name)
                && file.createdAtMillis() > 0
                && file.createdAtMillis() < before.toEpochMilli();
    }

    private static FileEvidence evidence(FileEvidence.Kind kind, FileInfo file) {
        return new FileEvidence(kind, file.location(), file.size(), "");
    }

    /** The name that a file was to have. */
    private static String whole(String name) {
        Matcher partial = PARTIAL.matcher(name);
        return partial.matches() ? partial.group(1) : name;
    }

    static String name(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
