package io.lakemesh.iceberg;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.LakehouseProvider;
import java.util.Map;

/** Opens the lakehouse of any Iceberg catalog. */
public final class IcebergLakehouseProvider implements LakehouseProvider {
    @Override
    public Lakehouse open(Map<String, String> catalog, Map<String, String> warehouse) {
        return IcebergLakehouse.open(catalog, warehouse);
    }

    @Override
    public boolean exists(Map<String, String> catalog, Map<String, String> warehouse) {
        return new CatalogSettings(catalog, warehouse).missing().isEmpty();
    }
}
