package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Parts.customProperties;
import static io.lakemesh.descriptor.Parts.each;
import static io.lakemesh.descriptor.Parts.flag;
import static io.lakemesh.descriptor.Parts.position;
import static io.lakemesh.descriptor.Parts.required;
import static io.lakemesh.descriptor.Parts.text;

import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.descriptor.DataContract.Role;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.descriptor.DataContract.SlaProperty;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads data contracts (ODCS 3.1) and gives the standard's verdict on them. */
public final class DataContracts {
    private DataContracts() {}

    /**
     * Reads a contract's file.
     *
     * @throws InvalidInputException with every problem, if the standard refuses it
     */
    public static DataContract read(Path file) {
        return checked(Documents.read(file));
    }

    /** Reads a contract from text; the name is for messages. Throws as {@link #read} does. */
    public static DataContract parse(String name, String text) {
        return checked(Documents.parse(name, text));
    }

    /** The contract in a document; adds what is wrong or odd to the problems, and is empty where any of it is an error. */
    public static Optional<DataContract> of(Node document, Problems problems) {
        List<Problem> found = OdcsStandard.STANDARD.check(document);
        problems.addAll(found);
        return found.stream().anyMatch(Problem::isError)
                ? Optional.empty()
                : Optional.of(contract((Node.Mapping) document));
    }

    private static DataContract checked(Node document) {
        Problems problems = new Problems();
        Optional<DataContract> contract = of(document, problems);
        problems.throwIfErrors();
        return contract.orElseThrow();
    }

    private static DataContract contract(Node.Mapping node) {
        return new DataContract(
                required(node, "apiVersion"),
                required(node, "id"),
                required(node, "version"),
                required(node, "status"),
                text(node, "name"),
                each(node, "schema", DataContracts::object),
                each(node, "slaProperties", DataContracts::slaProperty),
                each(node, "roles", DataContracts::role),
                customProperties(node),
                node);
    }

    private static SchemaObject object(Node.Mapping node) {
        return new SchemaObject(
                required(node, "name"),
                text(node, "description"),
                each(node, "properties", DataContracts::property),
                rules(node),
                customProperties(node),
                node);
    }

    private static SchemaProperty property(Node.Mapping node) {
        return new SchemaProperty(
                text(node, "name"),
                text(node, "logicalType"),
                text(node, "physicalType"),
                text(node, "description"),
                text(node, "classification"),
                flag(node, "required"),
                flag(node, "unique"),
                flag(node, "primaryKey"),
                position(node, "primaryKeyPosition"),
                flag(node, "partitioned"),
                position(node, "partitionKeyPosition"),
                Parts.mapping(node, "logicalTypeOptions"),
                each(node, "properties", DataContracts::property),
                node.entries().get("items") instanceof Node.Mapping items ? property(items) : null,
                rules(node),
                customProperties(node),
                node);
    }

    private static List<QualityRule> rules(Node.Mapping node) {
        return each(node, "quality", DataContracts::rule);
    }

    private static QualityRule rule(Node.Mapping node) {
        return new QualityRule(
                text(node, "id"),
                text(node, "name"),
                node.text("type").orElse("library"),
                text(node, "metric"),
                text(node, "query"),
                text(node, "engine"),
                text(node, "unit"),
                text(node, "severity"),
                text(node, "description"),
                customProperties(node),
                node);
    }

    private static Role role(Node.Mapping node) {
        return new Role(required(node, "role"), text(node, "access"), customProperties(node), node);
    }

    private static SlaProperty slaProperty(Node.Mapping node) {
        return new SlaProperty(
                required(node, "property"),
                (Node.Scalar) node.get("value").orElseThrow(),
                text(node, "unit"),
                text(node, "element"),
                node);
    }
}
