package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.util.Tasks;
import org.jspecify.annotations.Nullable;

/** Iceberg's JDBC catalog with commits that are certain of their outcome ({@link GuardedTableOperations}). */
public class GuardedJdbcCatalog extends JdbcCatalog {
    private static final int ATTEMPTS = 8;

    private final AtomicReference<FileIO> files;

    public GuardedJdbcCatalog() {
        this(new AtomicReference<>());
    }

    private GuardedJdbcCatalog(AtomicReference<FileIO> files) {
        super(
                properties -> {
                    files.set(CatalogUtil.loadFileIO(
                            properties.getOrDefault(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName()),
                            properties,
                            null));
                    return files.get();
                },
                null,
                true);
        this.files = files;
    }

    /** The storage of every table. */
    FileIO io() {
        return Objects.requireNonNull(files.get(), "catalog is not open");
    }

    /** Opens the catalog; its tables are made if they are not there. */
    void open(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("jdbc.schema-version", "V1");
        String uri = all.getOrDefault(CatalogProperties.URI, "");
        if (uri.startsWith("jdbc:sqlite:")) {
            all.putIfAbsent("jdbc.journal_mode", "WAL");
            all.putIfAbsent("jdbc.busy_timeout", "10000");
        }
        // two processes that make the catalog's tables at once: one of them fails, on every database
        Tasks.foreach(0)
                .retry(ATTEMPTS)
                .exponentialBackoff(20, 1000, 20_000, 2.0)
                .onlyRetryOn(UncheckedSQLException.class)
                .run(nothing -> initialize("lakemesh", all));
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new GuardedTableOperations(unguarded(table));
    }

    /** What the guard stands before. */
    TableOperations unguarded(TableIdentifier table) {
        return super.newTableOps(table);
    }

    TableOperations operations(TableName table) {
        return newTableOps(identifier(table));
    }

    /** The table as it is now; null if there is none. */
    @Nullable
    BaseTable find(TableName table) {
        TableOperations operations = operations(table);
        TableMetadata metadata = operations.refresh();
        return metadata == null ? null : new BaseTable(operations, table.toString(), metricsReporter());
    }

    String newLocation(TableName table) {
        return defaultWarehouseLocation(identifier(table));
    }

    void ensureNamespace(String namespace) {
        Namespace wanted = Namespace.of(namespace);
        if (namespaceExists(wanted)) {
            return;
        }
        try {
            createNamespace(wanted, Map.of());
        } catch (AlreadyExistsException | UncheckedSQLException e) {
            if (!namespaceExists(wanted)) {
                throw e;
            }
        }
    }

    /** Tables of a namespace, in ascending order. */
    List<TableName> tables(String namespace) {
        try {
            return listTables(Namespace.of(namespace)).stream()
                    .map(table -> new TableName(namespace, table.name()))
                    .sorted(java.util.Comparator.comparing(TableName::name))
                    .toList();
        } catch (NoSuchNamespaceException e) {
            return List.of();
        }
    }

    List<String> namespaces() {
        List<String> names = new ArrayList<>();
        listNamespaces().forEach(namespace -> names.add(namespace.toString()));
        return names;
    }

    static TableIdentifier identifier(TableName table) {
        return TableIdentifier.of(Namespace.of(table.namespace()), table.name());
    }
}
