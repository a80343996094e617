package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Breaks a document at one random place; seeded. Donors are documents from which pieces are taken. */
final class Mutator {
    private static final Object[] VALUES = {
        null,
        true,
        false,
        0,
        1,
        -1,
        1.5,
        2.0,
        "",
        "x",
        "text",
        "v3.1.0",
        "2.0.0",
        "a.b",
        "a b",
        "a/b",
        "x\n",
        "date",
        "object",
        "array",
        "string",
        "integer",
        "number",
        "timestamp",
        "time",
        "boolean",
        "library",
        "sql",
        "custom",
        "rowCount",
        "nullValues",
        "nullCount",
        "postgres",
        "sftp",
        "s3",
        "kafka",
        "sftp://x",
        "https://a.b/c.yaml#schema/x",
        "i32",
        "f64",
        "foreignKey",
        "unknown",
        List.of(),
        List.of("a"),
        List.of(1, 2),
        List.of(1, 1),
        List.of(1, 1.0),
        List.of(1, 2, 3),
        List.of("a.b", "c.d"),
        List.of("a", "a"),
        Map.of(),
        Map.of("a", 1),
        Map.of("name", "x"),
        Map.of("pattern", "["),
        Map.of("minLength", -1),
        Map.of("minLength", 3.0),
        Map.of("format", "i8"),
        Map.of("format", "yyyy"),
        Map.of("minimum", 3),
        Map.of("minimum", "3"),
        Map.of("multipleOf", 0),
        Map.of("multipleOf", 0.5),
        Map.of("required", List.of()),
        Map.of("required", List.of("a")),
        Map.of("uniqueItems", true),
        Map.of("maxItems", 3),
        Map.of("timezone", true),
        Map.of("logicalType", "string"),
        List.of(Map.of("name", "n")),
        List.of(Map.of())
    };

    private final Random random;
    private final List<String> keys;
    private final List<Node> pieces;

    Mutator(Random random, List<Node> donors, Shape.Keys root) {
        this.random = random;
        this.pieces = new ArrayList<>();
        donors.forEach(donor -> collect(donor, pieces));
        this.keys = new ArrayList<>(List.of(
                "name",
                "id",
                "type",
                "metric",
                "query",
                "engine",
                "implementation",
                "items",
                "properties",
                "required",
                "logicalType",
                "logicalTypeOptions",
                "quality",
                "relationships",
                "from",
                "to",
                "unit",
                "severity",
                "dimension",
                "rule",
                "arguments",
                "mustBe",
                "mustNotBe",
                "mustBeBetween",
                "mustNotBeBetween",
                "mustBeGreaterThan",
                "mustBeLessThan",
                "mustBeGreaterOrEqualTo",
                "mustBeLessOrEqualTo",
                "host",
                "port",
                "database",
                "schema",
                "location",
                "format",
                "value",
                "valueExt",
                "members",
                "username",
                "tags",
                "customProperties",
                "authoritativeDefinitions",
                "description",
                "url",
                "nmae",
                "<<",
                "primaryKeyPosition",
                "partitioned",
                "contractId",
                "version"));
        this.keys.addAll(root.shapes().keySet());
    }

    private static void collect(Node node, List<Node> all) {
        all.add(node);
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(value -> collect(value, all));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.elements().forEach(element -> collect(element, all));
        }
    }

    /** A copy with one thing changed; {@code what} is told. */
    Node mutate(Node root, StringBuilder what) {
        List<Node> all = new ArrayList<>();
        collect(root, all);
        Node target = all.get(random.nextInt(all.size()));
        Node changed = change(target, what);
        what.append(" at ").append(target.place());
        return replace(root, target, changed);
    }

    private Node change(Node target, StringBuilder what) {
        if (target instanceof Node.Mapping mapping && random.nextInt(5) > 0) {
            return mapping(mapping, what);
        }
        if (target instanceof Node.Sequence sequence && random.nextInt(3) > 0) {
            return sequence(sequence, what);
        }
        Node value = anyValue();
        what.append("replaced by ").append(value);
        return value;
    }

    private Node.Mapping mapping(Node.Mapping mapping, StringBuilder what) {
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        List<String> present = List.copyOf(entries.keySet());
        String key = present.isEmpty() ? "x" : present.get(random.nextInt(present.size()));
        String other = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(4)) {
            case 0 -> entries.remove(key);
            case 1 -> entries.put(other, anyValue());
            case 2 -> entries.put(key, anyValue());
            default -> entries.put(other, entries.getOrDefault(key, Node.of("x")));
        }
        what.append("keys ")
                .append(key)
                .append(", ")
                .append(other)
                .append(" now ")
                .append(entries);
        return new Node.Mapping(entries, mapping.keyPlaces(), mapping.place());
    }

    private Node.Sequence sequence(Node.Sequence sequence, StringBuilder what) {
        List<Node> elements = new ArrayList<>(sequence.elements());
        switch (random.nextInt(3)) {
            case 0 -> elements.clear();
            case 1 -> elements.add(anyValue());
            default -> elements.addAll(List.copyOf(elements));
        }
        what.append("elements now ").append(elements);
        return new Node.Sequence(elements, sequence.place());
    }

    private Node anyValue() {
        return random.nextInt(3) == 0
                ? pieces.get(random.nextInt(pieces.size()))
                : Node.of(VALUES[random.nextInt(VALUES.length)]);
    }

    private static Node replace(Node node, Node target, Node changed) {
        if (node == target) {
            return changed;
        }
        UnaryOperator<Node> within = child -> replace(child, target, changed);
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
            entries.replaceAll((key, value) -> within.apply(value));
            return new Node.Mapping(entries, mapping.keyPlaces(), mapping.place());
        }
        return node instanceof Node.Sequence sequence
                ? new Node.Sequence(sequence.elements().stream().map(within).toList(), sequence.place())
                : node;
    }
}
