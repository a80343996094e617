package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.jspecify.annotations.Nullable;

/** A table of the mesh's own, and what is added to it. Its values are nobody's, so their bounds stand in its manifests. */
final class IcebergMeshTable implements MeshTable {
    private static final int[] EVERY_ROW = IntStream.range(0, Batch.CAPACITY).toArray();

    private final IcebergCatalog catalog;
    private final Definition definition;
    private final GuardedTableOperations operations;
    private final TableSchema columns;
    private final @Nullable Transaction opened;
    private final @Nullable TableMetadata base;

    IcebergMeshTable(IcebergCatalog catalog, Definition definition) {
        this.catalog = catalog;
        this.definition = definition;
        this.operations = catalog.operations(definition.name());
        this.columns = new TableSchema(numbered(definition.columns().fields()), List.of());
        this.opened = operations.refresh() == null
                ? null
                : Transactions.newTransaction(definition.name().toString(), operations);
        this.base = opened == null ? null : operations.current();
        if (base != null) {
            requireOwn(base);
        }
    }

    private static List<Field> numbered(List<Field> fields) {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> new Field(
                        i + 1,
                        fields.get(i).name(),
                        fields.get(i).type(),
                        false,
                        fields.get(i).doc()))
                .toList();
    }

    private void requireOwn(TableMetadata metadata) {
        List<String> there = names(Schemas.fromIceberg(metadata.schema(), List.of()));
        if (!metadata.properties().containsKey(TableProperties.POSITION) || !there.equals(names(columns))) {
            throw new InvalidInputException("Cannot add to table " + definition.name()
                    + ": it is not as this version of Lakemesh makes it; rename or drop it, and it is made again");
        }
    }

    private static List<String> names(TableSchema columns) {
        return columns.fields().stream().map(Field::toString).toList();
    }

    @Override
    public Optional<String> position() {
        return Optional.ofNullable(base).map(table -> table.properties().get(TableProperties.POSITION));
    }

    @Override
    public BatchReader read(Scan scan) {
        Optional<TableVersion> version =
                Optional.ofNullable(base).flatMap(table -> Versions.ofOwn(definition.name(), table));
        return version.isEmpty()
                ? new NoRows()
                : Failures.reaching(() -> TableReader.open(
                        new BaseTable(operations, definition.name().toString()), version.get(), scan));
    }

    private record NoRows() implements BatchReader {
        @Override
        public @Nullable Batch next() {
            return null;
        }

        @Override
        public void close() {}
    }

    @Override
    public boolean append(List<Row> rows, String position) {
        return Failures.reaching(() -> commit(rows, position));
    }

    private boolean commit(List<Row> rows, String position) {
        Transaction transaction;
        try {
            transaction = opened == null ? create() : opened;
        } catch (AlreadyExistsException e) {
            return false;
        }
        DataFileWriter writer = new DataFileWriter(
                transaction.table(), catalog.io(), transaction.table().location() + "/data/" + UUID.randomUUID());
        prepare(transaction, writer, rows, position);
        try {
            operations.commit(base, PreparedTable.metadata(transaction));
            return true;
        } catch (CommitFailedException | AlreadyExistsException e) {
            writer.discard();
            return false;
        } catch (CommitStateUnknownException e) {
            throw new UnavailableException(
                    "Cannot tell whether rows were added to table " + definition.name()
                            + ": the catalog does not answer; run it again",
                    e);
        }
    }

    private void prepare(Transaction transaction, DataFileWriter writer, List<Row> rows, String position) {
        if (!rows.isEmpty()) {
            write(rows, writer);
            AppendFiles append = transaction.newAppend();
            writer.finish().forEach(file -> append.appendFile(file.file()));
            append.commit();
        }
        transaction.updateProperties().set(TableProperties.POSITION, position).commit();
    }

    private Transaction create() {
        catalog.ensureNamespace(definition.name().namespace());
        Schema schema = Schemas.toIceberg(columns);
        TableMetadata metadata =
                operations.start(schema, PartitionSpec.unpartitioned(), SortOrder.unsorted(), properties());
        return Transactions.createTableTransaction(definition.name().toString(), operations, metadata);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(TableProperties.writing(false));
        properties.put("write.metadata.metrics.default", "truncate(16)");
        properties.put(TableProperties.COMMENT, definition.description());
        return properties;
    }

    private void write(List<Row> rows, DataFileWriter writer) {
        Batch batch = new Batch(columns);
        for (int from = 0; from < rows.size(); from += Batch.CAPACITY) {
            List<Row> part = new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + Batch.CAPACITY)));
            for (int row = 0; row < part.size(); row++) {
                for (int column = 0; column < columns.size(); column++) {
                    batch.column(column).set(row, part.get(row).get(column));
                }
            }
            batch.setSize(part.size());
            writer.write(batch, EVERY_ROW, part.size());
        }
    }
}
