package io.lakemesh.iceberg;

import java.nio.file.Path;
import java.util.Map;

/** A lakehouse in a folder: a SQLite catalog and local files. */
final class Embedded {
    private Embedded() {}

    static CatalogSettings settings(Path folder) {
        return new CatalogSettings(
                Map.of("uri", "jdbc:sqlite:" + folder.resolve("catalog.db")),
                Map.of("location", folder.resolve("warehouse").toString()));
    }

    static IcebergLakehouse open(Path folder) {
        return IcebergLakehouse.open(settings(folder), IcebergCatalog::new);
    }
}
