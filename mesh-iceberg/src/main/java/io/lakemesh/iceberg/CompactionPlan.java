package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Which data files of a snapshot are worth putting together: small ones, and those of which much was deleted, partition by
 * partition. Those that the snapshot's own release brought stay as they are, so that what a release added can be told from its
 * files for as long as it is kept.
 */
record CompactionPlan(Snapshot snapshot, Schema schema, List<FileScanTask> tasks) {
    private static final long TARGET_BYTES = 128L << 20;
    private static final long SMALL_BYTES = TARGET_BYTES * 3 / 4;
    private static final int FEWEST_FILES = 5;
    private static final int MOST_DELETE_FILES = 4;
    private static final double MOST_DELETED = 0.1;

    static CompactionPlan of(BaseTable table) {
        Snapshot snapshot = table.currentSnapshot();
        Map<StructLikeWrapper, List<FileScanTask>> partitions = new LinkedHashMap<>();
        StructLikeWrapper key = StructLikeWrapper.forType(table.spec().partitionType());
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            for (FileScanTask task : files) {
                if (isCandidate(task, snapshot, table.spec().specId())) {
                    partitions
                            .computeIfAbsent(key.copyFor(task.file().partition()), partition -> new ArrayList<>())
                            .add(task);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the files of table " + table.name(), e);
        }
        List<FileScanTask> chosen = partitions.values().stream()
                .filter(CompactionPlan::isWorthIt)
                .flatMap(List::stream)
                .toList();
        return new CompactionPlan(snapshot, table.schema(), chosen);
    }

    private static boolean isCandidate(FileScanTask task, Snapshot snapshot, int spec) {
        return task.file().specId() == spec
                && !TableReader.isAdded(task.file(), snapshot)
                && task.deletes().stream().allMatch(delete -> isOf(task.file(), delete))
                && (task.file().fileSizeInBytes() < SMALL_BYTES || isWorn(task));
    }

    /** Deletes of several data files, and those by value, are not ours; they stay. */
    private static boolean isOf(DataFile file, DeleteFile delete) {
        return file.location().equals(ContentFileUtil.referencedDataFileLocation(delete));
    }

    private static boolean isWorn(FileScanTask task) {
        long deleted =
                task.deletes().stream().mapToLong(DeleteFile::recordCount).sum();
        return task.deletes().size() > MOST_DELETE_FILES
                || deleted > task.file().recordCount() * MOST_DELETED;
    }

    private static boolean isWorthIt(List<FileScanTask> partition) {
        return partition.size() >= FEWEST_FILES || partition.stream().anyMatch(CompactionPlan::isWorn);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    long bytes() {
        return tasks.stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
    }

    Set<DataFile> files() {
        return tasks.stream().map(FileScanTask::file).collect(Collectors.toSet());
    }

    Set<DeleteFile> deletes() {
        return tasks.stream().flatMap(task -> task.deletes().stream()).collect(Collectors.toSet());
    }
}
