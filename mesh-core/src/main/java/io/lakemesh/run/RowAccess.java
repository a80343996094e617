package io.lakemesh.run;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.provenance.TableVersion;

/** Where rows are read from: a lakehouse, or what one subject may see of it. */
public interface RowAccess {
    /**
     * Reads rows of one version of a table.
     *
     * @throws io.lakemesh.error.AccessDeniedException if whoever reads here may not read the table
     */
    BatchReader read(TableVersion version, Scan scan);

    /**
     * Requires that whoever reads here may read something of a table, before anything of it is told.
     *
     * @throws io.lakemesh.error.AccessDeniedException if not
     */
    default void requireReadable(TableVersion version) {}

    /**
     * Whether every row and column of a version of a table is shown here.
     *
     * @throws io.lakemesh.error.AccessDeniedException if none is
     */
    default boolean showsAll(TableVersion version) {
        return true;
    }
}
