package io.lakemesh.iceberg;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.schema.DataType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;

/** What a table says of itself: how it is written, and which release of which product it holds. */
final class TableProperties {
    static final String PRODUCT = "lakemesh.product";
    static final String PRODUCT_ID = "lakemesh.product-id";
    static final String OBJECT = "lakemesh.object";
    static final String CONTRACT_ID = "lakemesh.contract-id";
    static final String CONTRACT_VERSION = "lakemesh.contract-version";
    static final String RELEASE = "lakemesh.release";
    static final String RUN_ID = "lakemesh.run-id";

    /**
     * Digest of a release's manifest; set by the last commit of the release, which thereby makes it whole. The table may be
     * part of a later release meanwhile, so the release has a property of its own beside it.
     */
    static final String HEAD = "lakemesh.head";

    /** The number of the release that {@link #HEAD} belongs to. */
    static final String HEAD_RELEASE = "lakemesh.head-release";

    /** The run that made the release that {@link #HEAD} belongs to. */
    static final String HEAD_RUN = "lakemesh.head-run";

    /** The tables of the release that {@link #HEAD} belongs to ({@link Stamps}). */
    static final String TABLES = "lakemesh.tables";

    /** Digest of the table's newest amendment; set by the commit that it tells of. */
    static final String AMENDED = "lakemesh.amended";

    /** Marks a table of rows that were set aside. */
    static final String QUARANTINE = "lakemesh.quarantine";

    /** How far a table of the mesh's own goes; set by the commit that adds the rows. */
    static final String POSITION = "lakemesh.position";

    /** What Trino and others show as the table's comment. */
    static final String COMMENT = "comment";

    private static final String COLUMN_METRICS = "write.metadata.metrics.column.";

    private TableProperties() {}

    /** What tells one commit of ours from every other; empty if the table holds none. */
    static Map<String, String> mark(Map<String, String> properties) {
        Map<String, String> mark = new HashMap<>(properties);
        mark.keySet().retainAll(Set.of(RUN_ID, RELEASE, AMENDED, POSITION));
        return mark;
    }

    /** How files are written: the same for every table. */
    static Map<String, String> writing(boolean partitioned) {
        Map<String, String> properties = new HashMap<>();
        properties.put("format-version", "2");
        properties.put("write.format.default", "parquet");
        properties.put("write.parquet.compression-codec", "zstd");
        // many writers of a partitioned table are open at once, each with a row group in memory
        properties.put("write.parquet.row-group-size-bytes", Integer.toString((partitioned ? 8 : 64) << 20));
        properties.put("write.metadata.metrics.default", "none");
        properties.put("write.metadata.compression-codec", "gzip");
        properties.put("write.metadata.previous-versions-max", "10");
        properties.put("write.metadata.delete-after-commit.enabled", "true");
        properties.put("write.delete.mode", "merge-on-read");
        return properties;
    }

    /** What follows from the contract and goes with it: the table's comment, and which columns have their bounds in manifests. */
    static Map<String, String> ofContract(TableContract contract, Schema schema) {
        Map<String, String> properties = metrics(contract, schema);
        if (!contract.description().isEmpty()) {
            properties.put(COMMENT, contract.description());
        }
        return properties;
    }

    static boolean isOfContract(String property) {
        return property.equals(COMMENT) || property.startsWith(COLUMN_METRICS);
    }

    /**
     * Which columns have their bounds in Iceberg's manifests, in the clear: those classified {@code public}, and numbers, dates,
     * times and booleans without any classification. Other columns without a classification are only counted; of classified
     * ones nothing is kept.
     */
    private static Map<String, String> metrics(TableContract contract, Schema schema) {
        Map<String, String> properties = new HashMap<>();
        for (ColumnContract column : contract.columns()) {
            if (schema.findField(column.name()) != null) {
                String mode = metrics(column);
                if (!mode.equals("none")) {
                    properties.put(COLUMN_METRICS + column.name(), mode);
                }
            }
        }
        return properties;
    }

    private static String metrics(ColumnContract column) {
        if (!column.type().isPrimitive()) {
            return "none";
        }
        boolean open = "public".equalsIgnoreCase(column.classification());
        if (column.classification() != null && !open) {
            return "none";
        }
        return open ? "truncate(16)" : isText(column.type()) ? "counts" : "full";
    }

    private static boolean isText(DataType type) {
        return type == DataType.Primitive.STRING
                || type == DataType.Primitive.BINARY
                || type == DataType.Primitive.UUID;
    }
}
