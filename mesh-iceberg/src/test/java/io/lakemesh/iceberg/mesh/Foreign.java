package io.lakemesh.iceberg.mesh;

import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Another program on the tables of a shop: plain Iceberg, without our library. */
final class Foreign implements AutoCloseable {
    private final JdbcCatalog catalog;

    Foreign(Shop shop) {
        catalog = new JdbcCatalog(properties -> new io.lakemesh.iceberg.LocalFileIO(), null, true);
        catalog.initialize(
                "lakemesh",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + shop.folder().resolve(".mesh/catalog.db"),
                        CatalogProperties.WAREHOUSE_LOCATION,
                        shop.warehouse().toString(),
                        "jdbc.schema-version",
                        "V1"));
    }

    BaseTable table(String name) {
        return (BaseTable) catalog.loadTable(TableIdentifier.of("retail", name));
    }

    boolean has(String name) {
        return catalog.tableExists(TableIdentifier.of("retail", name));
    }

    @Override
    public void close() {
        catalog.close();
    }
}
