package io.lakemesh.iceberg;

import io.lakemesh.MeshConfig;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

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
