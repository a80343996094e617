package io.lakemesh.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakemesh.document.Node;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Our trees as Jackson's, for the JSON schema validator. */
final class JsonTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {}

    static JsonNode of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.entries().forEach((key, value) -> object.set(key, of(value)));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.elements().forEach(element -> array.add(of(element)));
            return array;
        }
        return scalar(((Node.Scalar) node).value());
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.scale() == 0 ? NODES.numberNode(number.toBigInteger()) : NODES.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        return value == null ? NODES.nullNode() : NODES.textNode((String) value);
    }
}
