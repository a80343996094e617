package io.lakemesh.run;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.provenance.ObjectStore;

/** Keeps a contract from changing under its readers. */
final class ContractGate {
    private ContractGate() {}

    /**
     * Requires that a contract may follow the one in force.
     *
     * @throws io.lakemesh.error.InvalidInputException with every change that may not be, if its content changed under an unchanged
     *     version, or in a breaking way without a new major version
     */
    static void require(ProductContract contract, Base base, ObjectStore objects) {}
}
