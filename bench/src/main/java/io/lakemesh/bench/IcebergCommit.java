package io.lakemesh.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Types;

/** Appends a Parquet file that somebody else wrote to a new Iceberg table: a SQLite catalog and local files. */
final class IcebergCommit {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "search_type", Types.StringType.get()),
            Types.NestedField.optional(3, "searched_at", Types.TimestampType.withZone()),
            Types.NestedField.optional(4, "in_operation", Types.BooleanType.get()),
            Types.NestedField.optional(5, "operation", Types.StringType.get()),
            Types.NestedField.optional(6, "latitude", Types.DoubleType.get()),
            Types.NestedField.optional(7, "longitude", Types.DoubleType.get()),
            Types.NestedField.optional(8, "gender", Types.StringType.get()),
            Types.NestedField.optional(9, "age_range", Types.StringType.get()),
            Types.NestedField.optional(10, "self_defined_ethnicity", Types.StringType.get()),
            Types.NestedField.optional(11, "officer_defined_ethnicity", Types.StringType.get()),
            Types.NestedField.optional(12, "legislation", Types.StringType.get()),
            Types.NestedField.optional(13, "object_of_search", Types.StringType.get()),
            Types.NestedField.optional(14, "outcome", Types.StringType.get()),
            Types.NestedField.optional(15, "outcome_linked_to_object", Types.BooleanType.get()),
            Types.NestedField.optional(16, "clothing_removed", Types.BooleanType.get()));

    private final Path folder;

    private IcebergCommit(Path folder) {
        this.folder = folder;
    }

    static IcebergCommit of(Path folder) {
        return new IcebergCommit(folder);
    }

    /** Gives the rows of the file. */
    long append(Path file) throws IOException {
        try (JdbcCatalog catalog = new JdbcCatalog()) {
            catalog.setConf(new Configuration());
            catalog.initialize(
                    "bench",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve("catalog.db"),
                            "warehouse",
                            folder.resolve("warehouse").toString(),
                            "jdbc.schema-version",
                            "V1"));
            catalog.createNamespace(Namespace.of("bench"));
            Table table = catalog.createTable(TableIdentifier.of("bench", "searches"), SCHEMA);
            DataFile data = dataFile(table.io().newInputFile(file.toString()));
            table.newFastAppend().appendFile(data).commit();
            return data.recordCount();
        }
    }

    private static DataFile dataFile(InputFile file) {
        Metrics metrics = ParquetUtil.fileMetrics(file, MetricsConfig.getDefault());
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withInputFile(file)
                .withFormat("parquet")
                .withMetrics(metrics)
                .build();
    }
}
