package io.lakemesh.descriptor;

import com.google.re2j.Pattern;
import io.lakemesh.descriptor.Shape.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types of servers that ODCS 3.1.0 knows, with the keys that each adds; {@code !} marks those that it requires. */
final class OdcsServers {
    private static final Map<String, List<String>> TYPES = new LinkedHashMap<>();

    static {
        type("api", "location!");
        type("athena", "stagingDir!", "schema!", "catalog", "regionName");
        type("azure", "location!", "format!", "delimiter");
        type("bigquery", "project!", "dataset!");
        type("clickhouse", "host!", "port!", "database!");
        type("databricks", "host", "catalog!", "schema!");
        type("denodo", "host!", "port!", "database");
        type("dremio", "host!", "port!", "schema");
        type("duckdb", "database!", "schema");
        type("glue", "account!", "database!", "location", "format");
        type("cloudsql", "host!", "port!", "database!", "schema!");
        type("db2", "host!", "port!", "database!", "schema");
        type("hive", "host!", "port", "database!");
        type("impala", "host!", "port", "database!");
        type("informix", "host!", "port", "database!");
        type("kafka", "host!", "format");
        type("kinesis", "region", "format");
        type("local", "path!", "format!");
        type("mysql", "host!", "port!", "database!");
        type("oracle", "host!", "port!", "serviceName!");
        type("postgresql", "host!", "port!", "database!", "schema!");
        type("postgres", "host!", "port!", "database!", "schema!");
        type("presto", "host!", "catalog", "schema");
        type("pubsub", "project!");
        type("redshift", "host", "database!", "schema!", "region", "account");
        type("s3", "location!", "endpointUrl", "format", "delimiter");
        type("sftp", "location!", "format", "delimiter");
        type("snowflake", "host", "port", "account!", "database!", "schema!", "warehouse");
        type("sqlserver", "host!", "port", "database!", "schema!");
        type("synapse", "host!", "port!", "database!");
        type("trino", "host!", "port!", "catalog!", "schema!");
        type("vertica", "host!", "port!", "database!", "schema!");
        type("zen", "host!", "port", "database!");
        type(
                "custom",
                "account",
                "catalog",
                "database",
                "dataset",
                "delimiter",
                "endpointUrl",
                "format",
                "host",
                "location",
                "path",
                "port",
                "project",
                "region",
                "regionName",
                "schema",
                "serviceName",
                "stagingDir",
                "stream",
                "warehouse");
    }

    private OdcsServers() {}

    private static void type(String type, String... keys) {
        TYPES.put(type, List.of(keys));
    }

    static List<String> types() {
        return List.copyOf(TYPES.keySet());
    }

    /** Adds {@code type}, and what each type brings. */
    static Keys typed(Keys server) {
        Keys typed = server.with(new Shape.Choice(types()), "type!");
        for (Map.Entry<String, List<String>> type : TYPES.entrySet()) {
            typed = typed.when(Shape.is("type", type.getKey()), keys(type.getKey(), type.getValue()));
        }
        return typed;
    }

    private static Keys keys(String type, List<String> names) {
        Keys keys = Keys.of("a server");
        for (String name : names) {
            keys = keys.with(shape(type, name), name);
        }
        return keys;
    }

    private static Shape shape(String type, String name) {
        if (name.startsWith("port")) {
            return Shape.integer();
        }
        return type.equals("sftp") && name.startsWith("location")
                ? new Shape.Matching(Pattern.compile("^sftp://"), "a location that starts with sftp://")
                : new Shape.Text();
    }
}
