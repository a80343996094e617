package io.lakemesh.iceberg;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Commits that tell the truth about their outcome. Iceberg's JDBC catalog takes a commit whose reply was lost for a failed one,
 * upon which its clean-up deletes live files. Here a failure is believed only after the table was looked at: what is there was
 * committed, what is certainly not there failed, and everything else is a {@link CommitStateUnknownException}, which deletes
 * nothing.
 */
final class GuardedTableOperations implements TableOperations {
    private final CatalogTableOperations operations;

    GuardedTableOperations(CatalogTableOperations operations) {
        this.operations = operations;
    }

    /** As {@link CatalogTableOperations#start}. */
    TableMetadata start(Schema schema, PartitionSpec spec, SortOrder order, Map<String, String> properties) {
        return operations.start(schema, spec, order, properties);
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        try {
            operations.commit(base, metadata);
        } catch (RuntimeException failure) {
            if (!isCommitted(base, metadata, failure)) {
                throw certain(failure) ? failure : new CommitStateUnknownException(failure);
            }
        }
    }

    /** A file that could not be written is the new metadata's, which the catalog has not been told of. */
    private static boolean certain(RuntimeException failure) {
        return failure instanceof CommitFailedException
                || failure instanceof AlreadyExistsException
                || failure instanceof UncheckedIOException
                || failure instanceof SdkException;
    }

    private boolean isCommitted(@Nullable TableMetadata base, TableMetadata metadata, RuntimeException failure) {
        TableMetadata now;
        try {
            now = operations.refresh();
        } catch (RuntimeException unreachable) {
            failure.addSuppressed(unreachable);
            throw new CommitStateUnknownException(failure);
        }
        return now != null && Objects.equals(now.uuid(), metadata.uuid()) && holds(now, base, metadata);
    }

    private boolean holds(TableMetadata now, @Nullable TableMetadata base, TableMetadata metadata) {
        if (base == null) {
            // nobody else makes a table of this UUID
            return true;
        }
        Set<Long> added = snapshotIds(metadata);
        added.removeAll(snapshotIds(base));
        return added.isEmpty()
                ? holdsRelease(now, metadata, io())
                : added.stream().allMatch(id -> StandIns.of(now, id) != null);
    }

    private static Set<Long> snapshotIds(TableMetadata metadata) {
        return metadata.snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toCollection(HashSet::new));
    }

    /** A commit without a snapshot of its own is known by its run: now, or in one of the metadata files before. */
    static boolean holdsRelease(TableMetadata now, TableMetadata metadata, FileIO io) {
        Map<String, String> mark = TableProperties.mark(metadata.properties());
        return !mark.isEmpty()
                && (TableProperties.mark(now.properties()).equals(mark)
                        || now.previousFiles().stream()
                                .anyMatch(entry -> mark(entry.file(), io).equals(mark)));
    }

    /** Old metadata files are deleted while others commit: one that is gone tells nothing. */
    private static Map<String, String> mark(String location, FileIO io) {
        try {
            return TableProperties.mark(TableMetadataParser.read(io, location).properties());
        } catch (NotFoundException e) {
            return Map.of();
        }
    }

    @Override
    public @Nullable TableMetadata current() {
        return operations.current();
    }

    @Override
    public @Nullable TableMetadata refresh() {
        return operations.refresh();
    }

    @Override
    public FileIO io() {
        return operations.io();
    }

    @Override
    public EncryptionManager encryption() {
        return operations.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return operations.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return operations.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return operations.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return operations.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return operations.requireStrictCleanup();
    }
}
