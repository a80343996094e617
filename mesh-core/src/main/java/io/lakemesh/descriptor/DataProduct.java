package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data product as ODPS 1.0 describes it. What Lakemesh acts on has a component here; all else stays in {@code document}, which
 * writes back as it was read.
 */
public record DataProduct(
        String apiVersion,
        String id,
        String status,
        @Nullable String name,
        @Nullable String domain,
        @Nullable String version,
        @Nullable String purpose,
        List<InputPort> inputPorts,
        List<OutputPort> outputPorts,
        CustomProperties customProperties,
        Node.Mapping document) {
    public DataProduct {
        inputPorts = List.copyOf(inputPorts);
        outputPorts = List.copyOf(outputPorts);
    }

    /** What the product is made from. */
    public record InputPort(String name, String version, String contractId, Node.Mapping node) {}

    /** What the product offers; {@code contractId} is null where the file names none. */
    public record OutputPort(
            String name,
            String version,
            @Nullable String contractId,
            @Nullable String description,
            CustomProperties customProperties,
            Node.Mapping node) {}
}
