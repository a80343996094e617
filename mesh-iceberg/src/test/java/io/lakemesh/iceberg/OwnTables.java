package io.lakemesh.iceberg;

import io.lakemesh.MeshConfig;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** The mesh's own tables as plain Iceberg reads them. */
public final class OwnTables {
    private OwnTables() {}

    /** Each row as the texts of some columns, between spaces; none if there is no such table. */
    public static List<String> rows(MeshConfig mesh, String table, String... columns) {
        try (IcebergCatalog catalog =
                new IcebergCatalog(new CatalogSettings(section(mesh, "catalog"), section(mesh, "warehouse")))) {
            BaseTable found = catalog.find(new TableName(TableNames.OWN_NAMESPACE, table));
            return found == null ? List.of() : rows(found, columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts other rows in the place of a table's, as whoever has its credentials can. */
    public static void change(MeshConfig mesh, String table, UnaryOperator<List<Record>> change) {
        with(mesh, table, found -> {
            DeleteFiles delete = found.newDelete();
            List<Record> rows = new ArrayList<>();
            try (CloseableIterable<Record> records = IcebergGenerics.read(found).build();
                    CloseableIterable<FileScanTask> files = found.newScan().planFiles()) {
                records.forEach(rows::add);
                files.forEach(file -> delete.deleteFile(file.file()));
            }
            delete.commit();
            rows.sort(Comparator.comparing(row -> (Long) row.getField("sequence")));
            List<Record> changed = change.apply(rows);
            if (!changed.isEmpty()) {
                found.newAppend().appendFile(write(found, changed)).commit();
            }
        });
    }

    private static DataFile write(BaseTable table, List<Record> rows) throws IOException {
        DataWriter<Record> writer = Parquet.writeData(
                        table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".parquet"))
                .schema(table.schema())
                .withSpec(table.spec())
                .createWriterFunc(GenericParquetWriter::create)
                .build();
        try (writer) {
            rows.forEach(writer::write);
        }
        return writer.toDataFile();
    }

    /** Puts a table back to the snapshot before. */
    public static void rollBack(MeshConfig mesh, String table) {
        with(mesh, table, found -> found.manageSnapshots()
                .rollbackTo(Objects.requireNonNull(found.currentSnapshot().parentId()))
                .commit());
    }

    /** What the table says of itself. */
    public static void set(MeshConfig mesh, String table, String property, String value) {
        with(mesh, table, found -> found.updateProperties().set(property, value).commit());
    }

    private interface Use {
        void of(BaseTable table) throws IOException;
    }

    private static void with(MeshConfig mesh, String table, Use use) {
        try (IcebergCatalog catalog =
                new IcebergCatalog(new CatalogSettings(section(mesh, "catalog"), section(mesh, "warehouse")))) {
            use.of(Objects.requireNonNull(catalog.find(new TableName(TableNames.OWN_NAMESPACE, table)), table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> section(MeshConfig mesh, String name) {
        return Objects.requireNonNull(mesh.sections().get(name), name);
    }

    private static List<String> rows(BaseTable table, String... columns) throws IOException {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            records.forEach(record -> rows.add(String.join(
                    " ",
                    Arrays.stream(columns)
                            .map(column -> String.valueOf(record.getField(column)))
                            .toList())));
        }
        return rows.stream().sorted().toList();
    }
}
