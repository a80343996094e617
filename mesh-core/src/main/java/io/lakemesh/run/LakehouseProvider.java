package io.lakemesh.run;

import java.util.Map;

/** Opens lakehouses; an adapter registers one for {@link java.util.ServiceLoader}. */
public interface LakehouseProvider {
    /**
     * Opens a lakehouse.
     *
     * @param catalog the entries of {@code catalog}
     * @param warehouse the entries of {@code warehouse}; {@code location} is always there
     * @throws io.lakemesh.error.InvalidInputException if the entries are not those of a lakehouse that it can open
     * @throws io.lakemesh.error.UnavailableException if it cannot be reached
     */
    Lakehouse open(Map<String, String> catalog, Map<String, String> warehouse);

    /** Whether there is a lakehouse to open; false only for one that {@link #open} would make. Nothing is asked of a server. */
    boolean exists(Map<String, String> catalog, Map<String, String> warehouse);
}
