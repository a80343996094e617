package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/** The tables of any Iceberg catalog, with commits that are certain of their outcome ({@link GuardedTableOperations}). */
class IcebergCatalog implements AutoCloseable {
    private final Catalog catalog;
    private final FileIO io;
    private final String warehouse;
    private boolean keeping;

    IcebergCatalog(CatalogSettings settings) {
        this.warehouse = settings.warehouse();
        this.io = settings.openStorage();
        this.catalog = settings.openCatalog(io);
        this.keeping = settings.isJdbc();
    }

    /** The storage of every table. */
    FileIO io() {
        return io;
    }

    /** Where tables are kept, without a slash at its end. */
    String warehouse() {
        return warehouse;
    }

    GuardedTableOperations operations(TableName table) {
        return new GuardedTableOperations(unguarded(table));
    }

    Catalog catalog() {
        return catalog;
    }

    /** What the guard stands before. */
    CatalogTableOperations unguarded(TableName table) {
        return new CatalogTableOperations(catalog, identifier(table), location(table));
    }

    /** The table as it is now; null if there is none. */
    @Nullable
    BaseTable find(TableName table) {
        GuardedTableOperations operations = operations(table);
        TableMetadata metadata = operations.refresh();
        return metadata == null ? null : new BaseTable(operations, table.toString());
    }

    /** Where a new table's files go. */
    String location(TableName table) {
        return warehouse + "/" + table.namespace() + "/" + table.name();
    }

    /** Forgets a table; its files stay. */
    void drop(TableName table) {
        catalog.dropTable(identifier(table), false);
    }

    /**
     * Requires that the catalog keeps what releases rest on. JDBC catalogs do, which keep no more than where a
     * table's metadata is; others are tried once.
     *
     * @throws io.lakemesh.error.InvalidInputException if it does not
     */
    synchronized void requireKeeping() {
        if (!keeping) {
            CatalogProbe.require(this);
            keeping = true;
        }
    }

    void ensureNamespace(String namespace) {
        Namespace wanted = Namespace.of(namespace);
        if (namespaces().namespaceExists(wanted)) {
            return;
        }
        try {
            namespaces().createNamespace(wanted);
        } catch (AlreadyExistsException | UncheckedSQLException | RESTException e) {
            // whoever loses the race is told of it in many ways, by servers as of an error of theirs; a reply may be
            // lost
            if (!namespaces().namespaceExists(wanted)) {
                throw e;
            }
        }
    }

    void dropNamespace(String namespace) {
        namespaces().dropNamespace(Namespace.of(namespace));
    }

    private SupportsNamespaces namespaces() {
        return (SupportsNamespaces) catalog;
    }

    /** Tables of a namespace, in ascending order. */
    List<TableName> tables(String namespace) {
        try {
            return catalog.listTables(Namespace.of(namespace)).stream()
                    .map(table -> new TableName(namespace, table.name()))
                    .sorted(java.util.Comparator.comparing(TableName::name))
                    .toList();
        } catch (NoSuchNamespaceException e) {
            return List.of();
        }
    }

    List<String> namespaceNames() {
        List<String> names = new ArrayList<>();
        namespaces().listNamespaces().forEach(namespace -> names.add(namespace.toString()));
        return names;
    }

    static TableIdentifier identifier(TableName table) {
        return TableIdentifier.of(Namespace.of(table.namespace()), table.name());
    }

    @Override
    public void close() throws IOException {
        try (io) {
            if (catalog instanceof Closeable closeable) {
                closeable.close();
            }
        }
    }
}
