package io.lakemesh.iceberg;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.LakehouseProvider;
import java.util.Map;

/** Opens the lakehouses of this module's tests; those whose warehouse has {@link Effects} with all of them. */
public final class LakehouseWithEffects implements LakehouseProvider {
    @Override
    public boolean exists(Map<String, String> catalog, Map<String, String> warehouse) {
        return new IcebergLakehouseProvider().exists(catalog, warehouse);
    }

    @Override
    public Lakehouse open(Map<String, String> catalog, Map<String, String> warehouse) {
        String effects = warehouse.get("properties." + Effects.ID);
        return IcebergLakehouse.open(
                new CatalogSettings(catalog, warehouse),
                effects == null
                        ? IcebergCatalog::new
                        : settings -> new CatalogWithEffects(settings, Effects.of(effects)));
    }
}
