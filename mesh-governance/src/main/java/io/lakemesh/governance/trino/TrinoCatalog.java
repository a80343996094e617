package io.lakemesh.governance.trino;

import io.lakemesh.error.InvalidInputException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a catalog of Trino that reads a mesh's tables. Nothing may be written through it, and it keeps no statistics, which
 * show the ranges of what masks and filters hide. Secrets are references to variables of Trino's environment.
 */
final class TrinoCatalog {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String JDBC = "iceberg.jdbc-catalog.";
    private static final String REST = "iceberg.rest-catalog.";
    private static final String LOCATION = "location";

    private final Map<String, String> properties = new TreeMap<>();
    private final Set<String> environment = new TreeSet<>();

    /**
     * A catalog for a mesh.
     *
     * @param catalog section {@code catalog} of {@code mesh.yaml}, with secrets as references
     * @param warehouse section {@code warehouse}
     */
    TrinoCatalog(Map<String, String> catalog, Map<String, String> warehouse) {
        properties.put("connector.name", "iceberg");
        properties.put("iceberg.security", "read_only");
        properties.put("iceberg.table-statistics-enabled", "false");
        if ("rest".equals(catalog.get("type"))) {
            rest(catalog);
        } else {
            jdbc(catalog, warehouse);
        }
        storage(warehouse);
    }

    private void jdbc(Map<String, String> catalog, Map<String, String> warehouse) {
        if (!catalog.getOrDefault("uri", "").startsWith(POSTGRES)) {
            throw new InvalidInputException("Cannot set Trino up: it reads a mesh whose catalog is PostgreSQL or REST");
        }
        properties.put("iceberg.catalog.type", "jdbc");
        properties.put(JDBC + "catalog-name", "lakemesh");
        properties.put(JDBC + "driver-class", "org.postgresql.Driver");
        put(JDBC + "connection-url", catalog.get("uri"));
        put(JDBC + "connection-user", catalog.get("user"));
        put(JDBC + "connection-password", catalog.get("password"));
        put(JDBC + "default-warehouse-dir", warehouse.get(LOCATION));
    }

    private void rest(Map<String, String> catalog) {
        properties.put("iceberg.catalog.type", "rest");
        put(REST + "uri", catalog.get("uri"));
        put(REST + "warehouse", catalog.get("warehouse"));
        if (catalog.containsKey("token") || catalog.containsKey("credential")) {
            properties.put(REST + "security", "OAUTH2");
        }
        put(REST + "oauth2.token", catalog.get("token"));
        put(REST + "oauth2.credential", catalog.get("credential"));
        put(REST + "oauth2.scope", catalog.get("scope"));
        put(REST + "oauth2.server-uri", catalog.get("oauth2-server-uri"));
    }

    private void storage(Map<String, String> warehouse) {
        if (!warehouse.getOrDefault(LOCATION, "").startsWith("s3")) {
            properties.put("fs.hadoop.enabled", "true");
            return;
        }
        properties.put("fs.native-s3.enabled", "true");
        put("s3.endpoint", warehouse.get("endpoint"));
        put("s3.region", warehouse.get("region"));
        put("s3.path-style-access", warehouse.get("path-style"));
        put("s3.aws-access-key", warehouse.get("access-key"));
        put("s3.aws-secret-key", warehouse.get("secret-key"));
    }

    /** What stands in a file for us stands in a variable for Trino, which reads no files. */
    private void put(String property, @Nullable String value) {
        if (value == null) {
            return;
        }
        Matcher reference = REFERENCE.matcher(value);
        properties.put(property, reference.replaceAll(found -> {
            String variable = found.group(1).equals("env") ? found.group(2) : variable(property);
            environment.add(variable);
            return Matcher.quoteReplacement("${ENV:" + variable + "}");
        }));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    Map<String, String> properties() {
        return properties;
    }

    /** The variables that Trino's environment must have. */
    Set<String> environment() {
        return environment;
    }
}
