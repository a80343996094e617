package io.lakemesh.provenance;

import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Table schemas as documents, field ids included. */
final class SchemaNodes {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), (\\d+)\\)");

    private SchemaNodes() {}

    static Node write(TableSchema schema) {
        return Node.mapping()
                .put("fields", schema.fields().stream().map(SchemaNodes::write).toList())
                .put("key", schema.key())
                .build();
    }

    static TableSchema read(Node.Mapping node) {
        List<String> key = node.list("key").stream().map(SchemaNodes::textOf).toList();
        return new TableSchema(fields(node), key);
    }

    private static Node write(Field field) {
        return Node.mapping()
                .put("id", field.id())
                .put("name", field.name())
                .put("type", write(field.type()))
                .put("required", field.required())
                .putIfPresent("doc", field.documentation())
                .build();
    }

    private static Node write(DataType type) {
        if (type instanceof DataType.Struct struct) {
            return Node.mapping()
                    .put(
                            "fields",
                            struct.fields().stream().map(SchemaNodes::write).toList())
                    .build();
        }
        if (type instanceof DataType.ListOf list) {
            return Node.mapping().put("element", write(list.element())).build();
        }
        if (type instanceof DataType.MapOf map) {
            return Node.mapping()
                    .put("key", write(map.key()))
                    .put("value", write(map.value()))
                    .build();
        }
        return Node.of(type.toString());
    }

    private static List<Field> fields(Node.Mapping node) {
        return node.list("fields").stream().map(SchemaNodes::field).toList();
    }

    private static Field field(Node node) {
        Node.Mapping field = Documented.mapping(node);
        return new Field(
                (int) Documented.number(field, "id"),
                Documented.text(field, "name"),
                type(Documented.entry(field, "type")),
                Documented.flag(field, "required"),
                field.text("doc").orElse(null));
    }

    private static DataType type(Node node) {
        if (node instanceof Node.Mapping mapping) {
            if (mapping.get("fields").isPresent()) {
                return new DataType.Struct(fields(mapping));
            }
            Optional<Node> element = mapping.get("element");
            return element.isPresent()
                    ? new DataType.ListOf(field(element.get()))
                    : new DataType.MapOf(
                            field(Documented.entry(mapping, "key")), field(Documented.entry(mapping, "value")));
        }
        return primitive(textOf(node));
    }

    private static DataType primitive(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new DataType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        try {
            return DataType.Primitive.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IntegrityException("Invalid manifest: unknown type " + name, e);
        }
    }

    private static String textOf(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().orElse("");
        }
        throw new IntegrityException("Invalid manifest: a text was expected at " + node.place());
    }
}
