package io.lakemesh.testkit;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.PartitionField;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedTable;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Contracts and rows for tests of lakehouses. */
public final class Tables {
    private Tables() {}

    /** A contract of plain optional columns for table {@code tests.stops_<object>_v1}. */
    public static TableContract contract(String object, Field... fields) {
        return contract(object, List.of(fields), List.of(), List.of(), List.of());
    }

    /** A contract for table {@code tests.stops_<object>_v1}. */
    public static TableContract contract(
            String object, List<Field> fields, List<String> key, List<PartitionField> partition, List<SortField> sort) {
        return new TableContract(
                object,
                "port",
                "contract-" + object,
                "1.0.0",
                new TableName("tests", "stops_" + object + "_v1"),
                "",
                new TableSchema(fields, key),
                fields.stream().map(field -> column(field, null, null)).toList(),
                partition,
                sort,
                0.2,
                List.of());
    }

    /** How the column of a field is read: as it is. */
    public static ColumnContract column(Field field, @Nullable String renamedFrom, @Nullable String classification) {
        return new ColumnContract(
                field.name(),
                field.name(),
                renamedFrom,
                field.type(),
                field.required(),
                Set.of(),
                null,
                ZoneOffset.UTC,
                Limits.NONE,
                children(field.type()),
                classification);
    }

    private static List<ColumnContract> children(DataType type) {
        List<Field> parts = type instanceof DataType.Struct struct
                ? struct.fields()
                : type instanceof DataType.ListOf list
                        ? List.of(list.element())
                        : type instanceof DataType.MapOf map ? List.of(map.key(), map.value()) : List.of();
        return parts.stream().map(field -> column(field, null, null)).toList();
    }

    /** The contract with other columns and version. */
    public static TableContract evolved(
            TableContract contract, String version, List<Field> fields, List<ColumnContract> columns) {
        return new TableContract(
                contract.object(),
                contract.port(),
                contract.contractId(),
                version,
                contract.table(),
                contract.description(),
                new TableSchema(fields, contract.schema().key()),
                columns,
                contract.partition(),
                contract.sort(),
                contract.maxQuarantined(),
                contract.rules());
    }

    /** Stages rows, given as values in the schema's order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static StagedTable staged(Lakehouse lakehouse, TableContract contract, String attempt, List<?>... rows) {
        return staged(lakehouse, contract, attempt, List.of(rows));
    }

    /** Stages rows, given as values in the schema's order. */
    public static StagedTable staged(Lakehouse lakehouse, TableContract contract, String attempt, List<List<?>> rows) {
        StagedTable staged = lakehouse.stage(contract, attempt);
        Batch batch = new Batch(staged.schema());
        for (int from = 0; from < rows.size(); from += Batch.CAPACITY) {
            List<List<?>> part = rows.subList(from, Math.min(rows.size(), from + Batch.CAPACITY));
            fill(batch, part);
            staged.write(batch, IntStream.range(0, part.size()).toArray(), part.size());
        }
        staged.finish();
        return staged;
    }

    /** Puts rows into a batch, from its first row on. */
    public static void fill(Batch batch, List<List<?>> rows) {
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < batch.schema().size(); column++) {
                batch.column(column).set(row, rows.get(row).get(column));
            }
        }
        batch.setSize(rows.size());
    }

    /** Every row that a scan gives, as values. */
    public static List<List<@Nullable Object>> rows(Lakehouse lakehouse, TableVersion version, Scan scan) {
        try (BatchReader reader = lakehouse.read(version, scan)) {
            return rows(reader);
        }
    }

    /** What is left to read. */
    public static List<List<@Nullable Object>> rows(BatchReader reader) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int row = 0; row < batch.size(); row++) {
                rows.add(batch.row(row).values());
            }
        }
        return rows;
    }
}
