package io.lakemesh.iceberg;

import io.lakemesh.MeshConfig;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where lakehouses of tests keep their tables: the storage and the catalog of a folder, made when the folder first asks. */
public final class Surroundings implements AutoCloseable {
    private final Storage storage;
    private final Catalogs catalogs;
    private final Map<Path, CatalogSettings> known = new ConcurrentHashMap<>();
    private final Map<Path, RestCatalogServer> servers = new ConcurrentHashMap<>();

    /** The kinds of storage. */
    public enum Storage {
        LOCAL,
        /** Through Iceberg's S3FileIO. */
        MINIO,
        /** Through Hadoop's S3A. */
        MINIO_S3A
    }

    /** The kinds of catalogs. */
    public enum Catalogs {
        SQLITE,
        POSTGRES,
        /** Iceberg's reference server in front of PostgreSQL. */
        REST
    }

    public Surroundings(Storage storage, Catalogs catalogs) {
        this.storage = storage;
        this.catalogs = catalogs;
    }

    /** The configuration of a mesh whose tables are there. */
    public MeshConfig mesh(Path folder) {
        CatalogSettings settings = of(folder);
        return new MeshConfig(
                "mesh", "tester", folder, Map.of("catalog", settings.catalog(), "warehouse", settings.storage()));
    }

    CatalogSettings of(Path folder) {
        return known.computeIfAbsent(folder, this::make);
    }

    private CatalogSettings make(Path folder) {
        Map<String, String> warehouse = warehouse(folder);
        return switch (catalogs) {
            case SQLITE -> new CatalogSettings(Map.of("uri", "jdbc:sqlite:" + folder.resolve("catalog.db")), warehouse);
            case POSTGRES -> new CatalogSettings(postgres(), warehouse);
            case REST -> {
                RestCatalogServer server = RestCatalogServer.start(new CatalogSettings(postgres(), warehouse));
                servers.put(folder, server);
                yield new CatalogSettings(server.catalog(), warehouse);
            }
        };
    }

    private Map<String, String> warehouse(Path folder) {
        if (storage == Storage.LOCAL) {
            return Map.of("location", folder.resolve("warehouse").toString());
        }
        return MinioServer.shared().warehouse(storage == Storage.MINIO ? "s3" : "s3a", "tables");
    }

    static Map<String, String> postgres() {
        PostgresServer.Database database = PostgresServer.shared().database();
        return Map.of("uri", database.url(), "user", database.user(), "password", database.password());
    }

    @Override
    public void close() {
        servers.values().forEach(RestCatalogServer::close);
    }
}
