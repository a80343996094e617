package io.lakemesh.run;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * A table of the mesh's own as it was when it was opened. Rows are only ever added, and each addition leaves a position: a text
 * from which whoever adds the next rows tells which are there. For one addition; not thread-safe.
 */
public interface MeshTable {
    /**
     * How the table is made.
     *
     * @param columns flat, without ids
     */
    record Definition(TableName name, String description, TableSchema columns, OtherColumns otherColumns) {}

    /** What becomes of a table that another version of Lakemesh made with other columns. */
    enum OtherColumns {
        /** It is refused: dropped, it is made again from what its rows tell of. */
        REFUSED,
        /**
         * Its rows are nowhere else, so it stays. Columns that it lacks are null in its rows and are added to it with the next
         * rows; those that the definition has not are read behind the others, and null in rows that are added.
         */
        KEPT
    }

    /** What the last addition left; empty if there is no such table. */
    Optional<String> position();

    /** Reads rows of the table as it was opened, in no order; none if there is no such table. */
    BatchReader read(Scan scan);

    /**
     * Adds rows and leaves a position, in one commit upon the table as it was opened, which makes the table if it is not there.
     *
     * @param rows with exactly the columns of the definition; none, to move the position only
     * @return whether it was done; if not, somebody changed the table since it was opened, and nothing was added
     * @throws io.lakemesh.error.UnavailableException if the outcome is unknown: the position of the table opened again tells it
     */
    boolean append(List<Row> rows, String position);
}
