package io.lakemesh.contract;

import io.lakemesh.schema.TableSchema;
import java.util.List;

/**
 * One object of a contract: a table, its columns and its rules.
 *
 * @param object the object's name in the contract
 * @param port the output port that offers it
 * @param contractId the contract's id
 * @param contractVersion the contract's version
 * @param table its place in the catalog
 * @param description for a catalog; empty for none
 * @param schema columns and primary key; ids are {@link io.lakemesh.schema.Field#UNASSIGNED}, the lakehouse assigns them
 * @param columns how each column is read and limited, parallel to the schema's fields
 * @param partition hidden partitioning, in order
 * @param sort the order of rows within a file
 * @param maxQuarantined the largest share of a run's rows that may be set aside, 0 to 1
 * @param rules what is asked beyond the columns' own limits, in the order of the file
 */
public record TableContract(
        String object,
        String port,
        String contractId,
        String contractVersion,
        TableName table,
        String description,
        TableSchema schema,
        List<ColumnContract> columns,
        List<PartitionField> partition,
        List<SortField> sort,
        double maxQuarantined,
        List<Rule> rules) {
    public TableContract {
        columns = List.copyOf(columns);
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
        rules = List.copyOf(rules);
    }

    /**
     * A table's place in the catalog.
     *
     * @param namespace from the product's domain
     * @param name {@code <product>_<object>_v<major>}
     */
    public record TableName(String namespace, String name) {
        @Override
        public String toString() {
            return namespace + "." + name;
        }
    }

    /**
     * A partition field.
     *
     * @param transform identity, year, month, day, hour, bucket or truncate
     * @param parameter buckets or width; 0 for the transforms without one
     */
    public record PartitionField(Transform transform, int parameter, String column) {
        /** Iceberg's partition transforms. */
        public enum Transform {
            IDENTITY,
            YEAR,
            MONTH,
            DAY,
            HOUR,
            BUCKET,
            TRUNCATE
        }
    }

    /** A column to sort by; nulls come first when ascending, last when descending. */
    public record SortField(String column, boolean ascending) {}
}
