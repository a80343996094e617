package io.lakemesh.provenance;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.schema.TableSchema;
import java.util.List;

/**
 * A table at one snapshot.
 *
 * @param object the contract's object that it holds
 * @param table its place in the catalog
 * @param uuid the table's own identity
 * @param snapshotId its snapshot
 * @param contractId the contract in force
 * @param contractVersion its version
 * @param schema its columns then, with field ids
 * @param rows how many rows it has then
 * @param addedRows how many of them this version's release added
 * @param files the files that this version's release added, with digests
 */
public record TableVersion(
        String object,
        TableName table,
        String uuid,
        long snapshotId,
        String contractId,
        String contractVersion,
        TableSchema schema,
        long rows,
        long addedRows,
        List<FileEvidence> files) {
    public TableVersion {
        files = List.copyOf(files);
    }

    /** The version as if it had other columns: values are found by field id, and widened where the type is wider. */
    public TableVersion withSchema(TableSchema columns) {
        return new TableVersion(
                object, table, uuid, snapshotId, contractId, contractVersion, columns, rows, addedRows, files);
    }
}
