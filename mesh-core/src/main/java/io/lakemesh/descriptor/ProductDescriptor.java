package io.lakemesh.descriptor;

import io.lakemesh.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A product folder, read: the product and every contract found in it or below.
 *
 * @param warnings what is odd but no error, such as keys of a newer minor version
 */
public record ProductDescriptor(DataProduct product, List<DataContract> contracts, List<Problem> warnings) {
    public ProductDescriptor {
        contracts = List.copyOf(contracts);
        warnings = List.copyOf(warnings);
    }

    /** The contract that a port names. */
    public Optional<DataContract> contract(String id, String version) {
        return contracts.stream()
                .filter(contract ->
                        contract.id().equals(id) && contract.version().equals(version))
                .findFirst();
    }
}
