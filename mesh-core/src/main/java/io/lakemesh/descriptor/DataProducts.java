package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Parts.customProperties;
import static io.lakemesh.descriptor.Parts.each;
import static io.lakemesh.descriptor.Parts.required;
import static io.lakemesh.descriptor.Parts.text;

import io.lakemesh.descriptor.DataProduct.InputPort;
import io.lakemesh.descriptor.DataProduct.OutputPort;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads data products (ODPS 1.0) and gives the standard's verdict on them. */
public final class DataProducts {
    private DataProducts() {}

    /**
     * Reads a product's file.
     *
     * @throws InvalidInputException with every problem, if the standard refuses it
     */
    public static DataProduct read(Path file) {
        return checked(Documents.read(file));
    }

    /** Reads a product from text; the name is for messages. Throws as {@link #read} does. */
    public static DataProduct parse(String name, String text) {
        return checked(Documents.parse(name, text));
    }

    /** The product in a document; adds what is wrong or odd to the problems, and is empty where any of it is an error. */
    public static Optional<DataProduct> of(Node document, Problems problems) {
        List<Problem> found = OdpsStandard.STANDARD.check(document);
        problems.addAll(found);
        return found.stream().anyMatch(Problem::isError)
                ? Optional.empty()
                : Optional.of(product((Node.Mapping) document));
    }

    private static DataProduct checked(Node document) {
        Problems problems = new Problems();
        Optional<DataProduct> product = of(document, problems);
        problems.throwIfErrors();
        return product.orElseThrow();
    }

    private static DataProduct product(Node.Mapping node) {
        return new DataProduct(
                required(node, "apiVersion"),
                required(node, "id"),
                required(node, "status"),
                text(node, "name"),
                text(node, "domain"),
                text(node, "version"),
                text(Parts.mapping(node, "description"), "purpose"),
                each(node, "inputPorts", DataProducts::inputPort),
                each(node, "outputPorts", DataProducts::outputPort),
                customProperties(node),
                node);
    }

    private static InputPort inputPort(Node.Mapping node) {
        return new InputPort(required(node, "name"), required(node, "version"), required(node, "contractId"), node);
    }

    private static OutputPort outputPort(Node.Mapping node) {
        return new OutputPort(
                required(node, "name"),
                required(node, "version"),
                text(node, "contractId"),
                text(node, "description"),
                customProperties(node),
                node);
    }
}
