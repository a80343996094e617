package io.lakemesh.iceberg;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.LakehouseProvider;
import java.util.Map;

/** Opens the lakehouse of {@code catalog.type: jdbc}. */
public final class JdbcLakehouseProvider implements LakehouseProvider {
    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public Lakehouse open(Map<String, String> catalog, Map<String, String> warehouse) {
        return IcebergLakehouse.open(required(catalog, "uri"), required(warehouse, "location"), Map.of());
    }

    private static String required(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Invalid configuration: no " + key);
        }
        return value;
    }
}
