package io.lakemesh.iceberg;

import io.lakemesh.error.ConflictException;
import io.lakemesh.provenance.TableVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots that maintenance put in the place of a release's own. They name those that they stand in for, so that a release's
 * manifest stays true and finding its rows needs nothing but the table's metadata.
 */
final class StandIns {
    private static final String REPLACES = "lakemesh.replaces";
    private static final String ADDED_AT = "lakemesh.added-at";

    private StandIns() {}

    /** The snapshot with the rows of the one with an id; null if there is none any more. */
    static @Nullable Snapshot of(TableMetadata metadata, long id) {
        return metadata.snapshots().stream()
                .filter(snapshot -> replaced(snapshot).contains(Long.toString(id)))
                .max(Comparator.comparingLong(Snapshot::sequenceNumber))
                .orElseGet(() -> metadata.snapshot(id));
    }

    /** The snapshot with a version's rows; rows that were set aside stay in the table when their snapshot has gone. */
    static @Nullable Snapshot of(BaseTable table, TableVersion version) {
        Snapshot found = of(table.operations().current(), version.snapshotId());
        return found == null && table.properties().containsKey(TableProperties.QUARANTINE)
                ? table.currentSnapshot()
                : found;
    }

    /**
     * Says why files of a snapshot are gone, if an erasure or the end of a release is why.
     *
     * @throws ConflictException if another snapshot has the version's rows by now, or none
     */
    static void requireStill(BaseTable table, TableVersion version, Snapshot snapshot, RuntimeException failure) {
        table.refresh();
        Snapshot now = of(table, version);
        if (now == null || now.snapshotId() != snapshot.snapshotId()) {
            throw new ConflictException(
                    "Cannot read table " + version.table()
                            + ": rows were erased from it, or the release has expired, meanwhile; try again",
                    failure);
        }
    }

    /** What a snapshot says that is to stand in for another. */
    static Map<String, String> summary(Snapshot replaced) {
        String before = replaced.summary().get(REPLACES);
        String id = Long.toString(replaced.snapshotId());
        return Map.of(REPLACES, before == null ? id : before + "," + id, ADDED_AT, Long.toString(addedAt(replaced)));
    }

    static boolean isStandIn(Snapshot snapshot) {
        return !replaced(snapshot).isEmpty();
    }

    private static List<String> replaced(Snapshot snapshot) {
        String ids = snapshot.summary().get(REPLACES);
        return ids == null ? List.of() : Arrays.asList(ids.split(",", -1));
    }

    /** The sequence number of the data files that a snapshot's release brought with it: maintenance leaves these alone. */
    static long addedAt(Snapshot snapshot) {
        String number = snapshot.summary().get(ADDED_AT);
        return number == null ? snapshot.sequenceNumber() : Long.parseLong(number);
    }
}
