package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
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
import org.apache.iceberg.UpdateSchema;
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
    private final @Nullable Transaction opened;
    private final @Nullable TableMetadata base;
    /** Those of the table, and behind them those that it lacks; all with ids. */
    private final TableSchema columns;

    IcebergMeshTable(IcebergCatalog catalog, Definition definition) {
        this.catalog = catalog;
        this.definition = definition;
        this.operations = catalog.operations(definition.name());
        this.opened = operations.refresh() == null
                ? null
                : Transactions.newTransaction(definition.name().toString(), operations);
        this.base = opened == null ? null : operations.current();
        this.columns = base == null ? definition.columns().numbered() : columns(base);
    }

    private TableSchema columns(TableMetadata metadata) {
        List<Field> all = new ArrayList<>(
                Schemas.fromIceberg(metadata.schema(), List.of()).fields());
        List<Field> own = definition.columns().fields();
        boolean isOwn = metadata.properties().containsKey(TableProperties.POSITION);
        boolean isKept = definition.otherColumns() == OtherColumns.KEPT && fit(all, own);
        if (!isOwn || !(isKept || texts(all).equals(texts(own)))) {
            throw new InvalidInputException("Cannot add to table " + definition.name()
                    + ": it is not as this version of Lakemesh makes it; "
                    + (definition.otherColumns() == OtherColumns.KEPT
                            ? "use the version that made it, or rename it"
                            : "rename or drop it, and it is made again"));
        }
        int id = metadata.lastColumnId();
        for (Field field : lacking(all)) {
            all.add(new Field(++id, field.name(), field.type(), field.required(), field.doc()));
        }
        return new TableSchema(all, List.of());
    }

    /** Whether columns of the same name are alike, and rows can do without the others. */
    private static boolean fit(List<Field> there, List<Field> own) {
        return there.stream().allMatch(field -> own.stream()
                .filter(known -> known.name().equals(field.name()))
                .findFirst()
                .map(known -> texts(List.of(known)).equals(texts(List.of(field))))
                .orElse(!field.required()));
    }

    private static List<String> texts(List<Field> fields) {
        return fields.stream().map(Field::toString).toList();
    }

    private List<Field> lacking(List<Field> there) {
        List<String> names = there.stream().map(Field::name).toList();
        return definition.columns().fields().stream()
                .filter(field -> !names.contains(field.name()))
                .toList();
    }

    @Override
    public Optional<String> position() {
        return Optional.ofNullable(base).map(table -> table.properties().get(TableProperties.POSITION));
    }

    @Override
    public BatchReader read(Scan scan) {
        Optional<TableVersion> version =
                Optional.ofNullable(base).flatMap(table -> Versions.ofOwn(definition.name(), table, columns));
        return version.isEmpty()
                ? new NoRows()
                : Failures.reaching(() -> TableReader.open(
                        new BaseTable(operations, definition.name().toString()), version.get(), rebased(scan)));
    }

    /** A scan's condition is typed against the definition's columns, which stand elsewhere in the table. */
    private Scan rebased(Scan scan) {
        TableSchema own = columns.select(
                definition.columns().fields().stream().map(Field::name).toList());
        Predicate filter = scan.where()
                .map(where -> Predicates.rebase(where, own, columns))
                .orElse(null);
        return new Scan(scan.columns(), filter, scan.onlyAdded());
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
        widen(transaction);
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

    private void widen(Transaction transaction) {
        List<Field> lacking = lacking(
                Schemas.fromIceberg(transaction.table().schema(), List.of()).fields());
        if (!lacking.isEmpty()) {
            UpdateSchema update = transaction.updateSchema();
            lacking.forEach(field -> update.addColumn(field.name(), Schemas.toIceberg(field.type()), field.doc()));
            update.commit();
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
        int[] positions = columns.fields().stream()
                .mapToInt(field -> definition.columns().position(field.name()).orElse(-1))
                .toArray();
        for (int from = 0; from < rows.size(); from += Batch.CAPACITY) {
            List<Row> part = new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + Batch.CAPACITY)));
            for (int row = 0; row < part.size(); row++) {
                for (int column = 0; column < columns.size(); column++) {
                    int position = positions[column];
                    batch.column(column)
                            .set(row, position < 0 ? null : part.get(row).get(position));
                }
            }
            batch.setSize(part.size());
            writer.write(batch, EVERY_ROW, part.size());
        }
    }
}
