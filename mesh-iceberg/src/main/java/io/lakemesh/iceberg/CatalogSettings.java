package io.lakemesh.iceberg;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.util.Tasks;

/**
 * The {@code catalog} and {@code warehouse} sections of {@code mesh.yaml} as Iceberg's properties. Entries named
 * {@code properties.X} are handed to Iceberg as {@code X}.
 *
 * @param catalog {@code type}, {@code uri}, and what the type needs
 * @param storage {@code location}, and what its kind of storage needs
 */
record CatalogSettings(Map<String, String> catalog, Map<String, String> storage) {
    private static final int ATTEMPTS = 8;
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String PROPERTIES = "properties.";
    private static final String JDBC = "jdbc";
    // one letter is a Windows drive
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);
    private static final Pattern DATABASE = Pattern.compile("jdbc:[A-Za-z0-9+.-]+:");
    private static final Pattern USER = Pattern.compile("//[^/]*@");

    private static final Map<String, String> S3A = Map.of(
            "endpoint", "fs.s3a.endpoint",
            "region", "fs.s3a.endpoint.region",
            "path-style", "fs.s3a.path.style.access",
            "access-key", "fs.s3a.access.key",
            "secret-key", "fs.s3a.secret.key",
            "session-token", "fs.s3a.session.token");

    CatalogSettings {
        catalog = Map.copyOf(catalog);
        storage = Map.copyOf(storage);
    }

    /** The warehouse's root, without a slash at its end. */
    String warehouse() {
        String location = required(storage, "location");
        return location.contains(":/")
                ? location.replaceAll("/+$", "")
                : Path.of(location).toAbsolutePath().normalize().toString();
    }

    String uri() {
        return required(catalog, "uri");
    }

    boolean isJdbc() {
        return type().equals(JDBC);
    }

    /** A catalog without a server. */
    boolean isEmbedded() {
        return isJdbc() && uri().startsWith(SQLITE);
    }

    /** The file of the catalog's own certificate authority. */
    Optional<String> authority() {
        return Optional.ofNullable(catalog.get("ca"));
    }

    private String type() {
        return catalog.getOrDefault("type", JDBC);
    }

    private static String required(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new InvalidInputException("Cannot open the lakehouse: its configuration has no '" + key + "'");
        }
        return value;
    }

    /**
     * Opens the warehouse's storage.
     *
     * @throws InvalidInputException if nothing here can speak to such a warehouse
     */
    FileIO openStorage() {
        requireDriver();
        return CatalogUtil.loadFileIO(fileIo(), storageProperties(), hadoop());
    }

    private String fileIo() {
        String given = storage.get("file-io");
        if (given != null) {
            return given;
        }
        Matcher scheme = SCHEME.matcher(warehouse());
        if (!scheme.matches() || scheme.group(1).equalsIgnoreCase("file")) {
            return LocalFileIO.class.getName();
        }
        return switch (scheme.group(1)) {
            case "s3" -> "org.apache.iceberg.aws.s3.S3FileIO";
            case "s3a" -> "org.apache.iceberg.hadoop.HadoopFileIO";
            default ->
                throw new InvalidInputException("Cannot use warehouse "
                        + USER.matcher(warehouse()).replaceFirst("//")
                        + ": expected a path, or a URI of file:, s3: or s3a:; for other storage name Iceberg's FileIO"
                        + " for it in warehouse.file-io");
        };
    }

    private Map<String, String> storageProperties() {
        Map<String, String> properties = new HashMap<>(S3Clients.properties(storage));
        properties.putAll(given(storage));
        return properties;
    }

    /** Hadoop's own defaults are read for the storage that is Hadoop's. */
    private Configuration hadoop() {
        boolean isS3a = warehouse().startsWith("s3a:");
        Configuration configuration = new Configuration(isS3a);
        if (isS3a) {
            S3A.forEach((ours, hadoops) -> {
                String value = storage.get(ours);
                if (value != null) {
                    configuration.set(hadoops, value);
                }
            });
        }
        return configuration;
    }

    private static Map<String, String> given(Map<String, String> entries) {
        Map<String, String> given = new HashMap<>();
        entries.forEach((key, value) -> {
            if (key.startsWith(PROPERTIES)) {
                given.put(key.substring(PROPERTIES.length()), value);
            }
        });
        return given;
    }

    /**
     * Opens the catalog; a JDBC catalog's own tables are made if they are not there.
     *
     * @param io the storage that the catalog is to use, where it lets us choose
     */
    Catalog openCatalog(FileIO io) {
        Map<String, String> properties = storageProperties();
        properties.put(CatalogProperties.FILE_IO_IMPL, fileIo());
        properties.put(CatalogProperties.URI, uri());
        properties.put(CatalogProperties.WAREHOUSE_LOCATION, catalog.getOrDefault("warehouse", warehouse()));
        return isJdbc() ? openJdbc(io, properties) : openOther(properties);
    }

    private Catalog openOther(Map<String, String> properties) {
        properties.put(CatalogUtil.ICEBERG_CATALOG_TYPE, type());
        properties.putIfAbsent("rest.client.connection-timeout-ms", "10000");
        properties.putIfAbsent("rest.client.socket-timeout-ms", "30000");
        for (String key : new String[] {"token", "credential", "scope", "oauth2-server-uri"}) {
            String value = catalog.get(key);
            if (value != null) {
                properties.put(key, value);
            }
        }
        authority().ifPresent(file -> {
            properties.put("rest.client.tls.configurer-impl", PrivateAuthority.class.getName());
            properties.put(PrivateAuthority.FILE, file);
        });
        properties.putAll(given(catalog));
        try {
            return CatalogUtil.buildIcebergCatalog("lakemesh", properties, hadoop());
        } catch (UnsupportedOperationException e) {
            throw new InvalidInputException(
                    "Cannot open a catalog of type '" + type() + "': expected jdbc, rest, or a type that Iceberg knows",
                    e);
        }
    }

    /** What the database's driver is told beside its URI. */
    Properties jdbcConnection() {
        Properties connection = new Properties();
        Optional.ofNullable(catalog.get("user")).ifPresent(user -> connection.put("user", user));
        Optional.ofNullable(catalog.get("password")).ifPresent(password -> connection.put("password", password));
        if (isEmbedded()) {
            connection.put("journal_mode", "WAL");
            connection.put("busy_timeout", "10000");
        } else if (uri().startsWith("jdbc:postgresql:")) {
            // without them a commit waits for ever for a server that is gone
            connection.put("connectTimeout", "10");
            connection.put("socketTimeout", "30");
            authority().ifPresent(file -> {
                connection.put("sslmode", "verify-full");
                connection.put("sslrootcert", file);
            });
        }
        return connection;
    }

    private Catalog openJdbc(FileIO io, Map<String, String> properties) {
        if (isEmbedded()) {
            makeFolder(uri());
        }
        properties.put("jdbc.schema-version", "V1");
        jdbcConnection().forEach((key, value) -> properties.put("jdbc." + key, value.toString()));
        properties.putAll(given(catalog));
        JdbcCatalog opened = new JdbcCatalog(nothing -> new MetadataIO(io), null, true);
        // two processes that make the catalog's tables at once: one of them fails, on every database
        Tasks.foreach(0)
                .retry(ATTEMPTS)
                .exponentialBackoff(20, 1000, 20_000, 2.0)
                .onlyRetryOn(UncheckedSQLException.class)
                .run(nothing -> opened.initialize("lakemesh", properties));
        return opened;
    }

    /** The file of an embedded catalog, if it is not there: nothing was ever published. */
    Optional<Path> missing() {
        return isEmbedded() ? Optional.of(file(uri())).filter(file -> !Files.exists(file)) : Optional.empty();
    }

    private static Path file(String uri) {
        return Path.of(uri.substring(SQLITE.length()).replaceAll("\\?.*", "")).toAbsolutePath();
    }

    private static void makeFolder(String uri) {
        Path parent = Objects.requireNonNull(file(uri).getParent());
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new UnavailableException("Cannot make the folder " + parent + " for the catalog", e);
        }
    }

    /** The URI may hold a password: no more of it is shown than the kind of database. */
    void requireDriver() {
        if (!isJdbc()) {
            return;
        }
        String uri = uri();
        try {
            DriverManager.getDriver(uri);
        } catch (SQLException e) {
            Matcher database = DATABASE.matcher(uri);
            throw new InvalidInputException(
                    "Cannot use the catalog"
                            + (database.lookingAt() ? " " + database.group() + "..." : "")
                            + ": no JDBC driver on the class path takes its URI; expected jdbc:sqlite:FILE,"
                            + " jdbc:postgresql://HOST/DATABASE, or a driver for it",
                    e);
        }
    }

    /** Shows no value: any of them may be a secret. */
    @Override
    public String toString() {
        return "CatalogSettings[type=" + type() + "]";
    }
}
