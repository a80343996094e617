package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.jspecify.annotations.Nullable;

/**
 * One table's part of a release: everything written, nothing committed. The transaction collects the changes; its result is
 * committed as a whole and only onto the base that it was made from, so it never repeats itself on another.
 */
final class PreparedTable {
    private final @Nullable TableMetadata base;
    private final Transaction transaction;
    private final Versions.Stamp stamp;
    private final List<FileEvidence> files;

    PreparedTable(
            @Nullable TableMetadata base, Transaction transaction, Versions.Stamp stamp, List<FileEvidence> files) {
        this.base = base;
        this.transaction = transaction;
        this.stamp = stamp;
        this.files = List.copyOf(files);
    }

    static TableMetadata metadata(Transaction transaction) {
        return ((HasTableOperations) transaction.table()).operations().current();
    }

    TableName table() {
        return stamp.table();
    }

    Versions.Stamp stamp() {
        return stamp;
    }

    TableVersion version() {
        return Versions.of(stamp, metadata(), files);
    }

    void set(Map<String, String> properties) {
        UpdateProperties update = transaction.updateProperties();
        properties.forEach(update::set);
        update.commit();
    }

    @Nullable
    TableMetadata base() {
        return base;
    }

    TableMetadata metadata() {
        return metadata(transaction);
    }

    void commit() {
        ((BaseTransaction) transaction).underlyingOps().commit(base, metadata());
    }
}
