package io.lakemesh.run;

import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContracts;
import io.lakemesh.descriptor.DataProduct;
import io.lakemesh.descriptor.DataProducts;
import io.lakemesh.descriptor.ProductDescriptor;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.Problems;
import io.lakemesh.provenance.Digests;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptors as they are kept with the releases that they were in force for. */
public final class Descriptors {
    private static final String PRODUCT = "product";
    private static final String CONTRACT = "contract:";

    private Descriptors() {}

    /** Stores the documents and gives their digests by name, as a manifest lists them. */
    static Map<String, String> store(ProductDescriptor descriptor, ObjectStore objects) {
        Map<String, String> digests = new LinkedHashMap<>();
        documents(descriptor).forEach((name, document) -> digests.put(name, objects.put(document)));
        return digests;
    }

    /** The digests that {@link #store} would give. */
    static Map<String, String> digests(ProductDescriptor descriptor) {
        Map<String, String> digests = new LinkedHashMap<>();
        documents(descriptor).forEach((name, document) -> digests.put(name, Digests.of(ObjectStore.bytes(document))));
        return digests;
    }

    /** The descriptors that were in force for a release. */
    public static ProductDescriptor load(Manifest manifest, ObjectStore objects) {
        Problems problems = new Problems();
        Optional<DataProduct> product = Optional.empty();
        List<DataContract> contracts = new ArrayList<>();
        for (Map.Entry<String, String> entry : manifest.descriptors().entrySet()) {
            Node.Mapping document = objects.get(entry.getValue());
            if (entry.getKey().equals(PRODUCT)) {
                product = DataProducts.of(document, problems);
            } else {
                DataContracts.of(document, problems).ifPresent(contracts::add);
            }
        }
        problems.throwIfErrors();
        return new ProductDescriptor(
                product.orElseThrow(() -> new IntegrityException("Invalid manifest of release " + manifest.release()
                        + " of " + manifest.address() + ": it names no product descriptor")),
                contracts,
                List.of());
    }

    private static Map<String, Node.Mapping> documents(ProductDescriptor descriptor) {
        Map<String, Node.Mapping> documents = new LinkedHashMap<>();
        documents.put(PRODUCT, descriptor.product().document());
        descriptor.product().outputPorts().stream()
                .flatMap(port -> descriptor.contract(String.valueOf(port.contractId()), port.version()).stream())
                .forEach(contract ->
                        documents.put(CONTRACT + contract.id() + "@" + contract.version(), contract.document()));
        return documents;
    }
}
