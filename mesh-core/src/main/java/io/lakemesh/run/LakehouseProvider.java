package io.lakemesh.run;

import java.util.Map;

/** Opens a lakehouse; adapters register one for {@link java.util.ServiceLoader}. */
public interface LakehouseProvider {
    /** The value of {@code catalog.type} that this provider is for. */
    String type();

    /**
     * Opens a lakehouse.
     *
     * @param catalog the entries of {@code catalog}
     * @param warehouse the entries of {@code warehouse}; {@code location} is always there
     */
    Lakehouse open(Map<String, String> catalog, Map<String, String> warehouse);
}
