package io.lakemesh.iceberg;

import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;

/** Tells which rows of a table's files are a person's. */
interface RowMatch {
    /** The columns that it looks at. */
    Schema columns();

    /** An expression over these columns that holds of every row that is meant, and maybe of others. */
    Expression filter();

    /** Whether a row with these columns is meant. */
    boolean test(Record row);
}
