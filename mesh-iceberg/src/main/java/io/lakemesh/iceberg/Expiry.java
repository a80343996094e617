package io.lakemesh.iceberg;

import io.lakemesh.run.Upkeep;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * The tags and snapshots that a table can do without: those of releases that need not be kept, and snapshots that nothing names and
 * that are too old for anybody to be reading them. What is newer than the newest release to be kept was published meanwhile: it stays.
 *
 * @param base the table that this was found of
 */
record Expiry(TableMetadata base, List<Long> releases, Set<Long> snapshots) {
    static Expiry of(TableMetadata base, Upkeep upkeep, Instant before) {
        long newest = upkeep.keep().stream().mapToLong(Long::longValue).max().orElse(0);
        Set<Long> read = upkeep.keepSnapshots().stream()
                .map(id -> StandIns.of(base, id))
                .filter(Objects::nonNull)
                .map(Snapshot::snapshotId)
                .collect(Collectors.toSet());
        List<Long> releases = ReleaseWriter.releases(base.refs()).stream()
                .filter(release -> release < newest && !upkeep.keep().contains(release))
                .filter(release ->
                        !read.contains(base.ref(ReleaseWriter.tag(release)).snapshotId()))
                .toList();
        Set<String> tags = releases.stream().map(ReleaseWriter::tag).collect(Collectors.toSet());
        Set<Long> named = new HashSet<>();
        Set<Long> expired = new HashSet<>();
        base.refs().forEach((name, ref) -> (tags.contains(name) ? expired : named).add(ref.snapshotId()));
        Set<Long> snapshots = base.snapshots().stream()
                .filter(snapshot -> !named.contains(snapshot.snapshotId()))
                .filter(snapshot -> expired.contains(snapshot.snapshotId()) || isForgotten(base, snapshot, before))
                .map(Snapshot::snapshotId)
                .collect(Collectors.toSet());
        return new Expiry(base, releases, snapshots);
    }

    /** Readers that began before another snapshot took its place have had time to end. */
    private static boolean isForgotten(TableMetadata base, Snapshot snapshot, Instant before) {
        return snapshot.timestampMillis() < before.toEpochMilli()
                && base.snapshots().stream()
                        .filter(next -> next.sequenceNumber() > snapshot.sequenceNumber())
                        .anyMatch(next -> next.timestampMillis() < before.toEpochMilli());
    }

    boolean isEmpty() {
        return releases.isEmpty() && snapshots.isEmpty();
    }

    /** The table without them; readers of what stays see nothing of it. */
    TableMetadata.Builder applied() {
        TableMetadata.Builder builder = TableMetadata.buildFrom(base);
        releases.forEach(release -> builder.removeRef(ReleaseWriter.tag(release)));
        return builder.removeSnapshots(snapshots);
    }
}
