package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.TableContract;
import io.lakemesh.run.StagedTable;
import io.lakemesh.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.PartitionSet;
import org.jspecify.annotations.Nullable;

/** Rows of a run in data files that no table knows yet. */
final class IcebergStagedTable implements StagedTable {
    private final Schema schema;
    private final TableSchema columns;
    private final PartitionSpec spec;
    private final DataFileWriter writer;
    private final @Nullable SortBuffer sorted;
    private List<StagedFile<DataFile>> files = List.of();
    private long rows;

    /**
     * Stages for a table.
     *
     * @param table as the contract says it is, uncommitted
     */
    IcebergStagedTable(TableContract contract, Table table, FileIO io, String attempt) {
        this.schema = table.schema();
        this.columns = Schemas.fromIceberg(schema, keyIds(contract, schema));
        this.spec = table.spec();
        this.writer = new DataFileWriter(table, io, table.location() + "/data/" + attempt);
        this.sorted = contract.sort().isEmpty() ? null : new SortBuffer(columns, contract.sort());
    }

    static List<Integer> keyIds(TableContract contract, Schema schema) {
        return contract.schema().key().stream()
                .map(name -> schema.findField(name).fieldId())
                .toList();
    }

    @Override
    public TableSchema schema() {
        return columns;
    }

    Schema icebergSchema() {
        return schema;
    }

    PartitionSpec spec() {
        return spec;
    }

    List<StagedFile<DataFile>> files() {
        return files;
    }

    /**
     * The partitions that the rows fall into.
     *
     * @param known the table's specs by id
     */
    PartitionSet partitions(Map<Integer, PartitionSpec> known) {
        Map<Integer, PartitionSpec> specs = new HashMap<>(known);
        specs.put(spec.specId(), spec);
        PartitionSet partitions = PartitionSet.create(specs);
        files.forEach(
                staged -> partitions.add(staged.file().specId(), staged.file().partition()));
        return partitions;
    }

    @Override
    public void write(Batch batch, int[] selected, int count) {
        Failures.reaching(() -> add(batch, selected, count));
        rows += count;
    }

    private void add(Batch batch, int[] selected, int count) {
        if (sorted != null) {
            sorted.add(batch, selected, count, writer);
        } else {
            writer.write(batch, selected, count);
        }
    }

    @Override
    public void finish() {
        Failures.reaching(() -> {
            if (sorted != null) {
                sorted.flush(writer);
            }
            files = writer.finish();
        });
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void discard() {
        writer.discard();
        files = List.of();
    }

    @Override
    public void close() {
        writer.abort();
    }
}
