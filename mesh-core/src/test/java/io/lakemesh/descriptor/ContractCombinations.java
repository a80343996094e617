package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Small contracts that go through what the official examples hardly touch, systematically. */
final class ContractCombinations {
    private static final List<String> TYPES = Arrays.asList(
            null, "string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean", "text");

    private static final List<String> OPTIONS = List.of(
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "timezone",
            "defaultTimezone",
            "multipleOf",
            "maxProperties",
            "minProperties",
            "required",
            "maxItems",
            "minItems",
            "uniqueItems",
            "other");

    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            -1,
            0,
            3,
            2.0,
            2.5,
            "x",
            "i32",
            "f64",
            "u128",
            List.of(),
            List.of("a"),
            List.of("a", "a"),
            List.of(1),
            Map.of());

    private static final List<String> OPERATORS = List.of(
            "mustBe",
            "mustNotBe",
            "mustBeGreaterThan",
            "mustBeGreaterOrEqualTo",
            "mustBeLessThan",
            "mustBeLessOrEqualTo",
            "mustBeBetween",
            "mustNotBeBetween");

    private static final List<Object> BOUNDS = Arrays.asList(
            null,
            1,
            1.5,
            "1",
            true,
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of(2, 1),
            List.of(1, 1),
            List.of(1, 2, 3),
            List.of("a", "b"));

    private ContractCombinations() {}

    static Node.Mapping contract(String key, Object value) {
        return Node.mapping()
                .put("apiVersion", "v3.1.0")
                .put("kind", "DataContract")
                .put("id", "c")
                .put("version", "1.0.0")
                .put("status", "active")
                .put(key, value)
                .build();
    }

    /** Each type of server with all of its keys, without each of them, and with each key of any other. */
    static List<Node> servers() {
        Shape.Keys server = OdcsServers.typed(Shape.Keys.of("a server"));
        Set<String> keys = new TreeSet<>(Set.of("other"));
        server.variants().forEach(variant -> keys.addAll(variant.keys().shapes().keySet()));
        List<Node> documents = new ArrayList<>();
        for (String type : OdcsServers.types()) {
            Map<String, Object> full = new LinkedHashMap<>(Map.of("server", "s", "type", type));
            server.resolve(Node.mapping().put("type", type).build()).shapes().forEach((key, shape) -> {
                if (!key.equals("type")) {
                    full.put(key, shape instanceof Shape.Amount ? 1 : "sftp://x");
                }
            });
            documents.add(contract("servers", List.of(full)));
            for (String key : keys) {
                documents.add(contract("servers", List.of(without(full, key))));
                for (Object value : List.of("x", "sftp://y", 5, 1.5)) {
                    documents.add(contract("servers", List.of(with(full, key, value))));
                }
            }
        }
        return documents;
    }

    /** Each logical type with each option and value, and with parts of its own. */
    static List<Node> properties() {
        List<Node> documents = new ArrayList<>();
        for (String type : TYPES) {
            Map<String, Object> plain = new LinkedHashMap<>(Map.of("name", "p"));
            if (type != null) {
                plain.put("logicalType", type);
            }
            for (String option : OPTIONS) {
                for (Object value : VALUES) {
                    documents.add(withProperty(with(plain, "logicalTypeOptions", with(Map.of(), option, value))));
                }
            }
            for (Object value : VALUES) {
                for (String key : List.of(
                        "logicalTypeOptions", "items", "properties", "primaryKeyPosition", "required", "examples")) {
                    documents.add(withProperty(with(plain, key, value)));
                }
            }
            for (Object part : List.of(plain, Map.of(), Map.of("name", "q"), Map.of("logicalType", "string"))) {
                documents.add(withProperty(with(plain, "items", part)));
                documents.add(withProperty(with(plain, "properties", List.of(part))));
                documents.add(withProperty(with(plain, "items", with(plain, "items", part))));
                documents.add(withProperty(with(plain, "items", with(plain, "properties", List.of(part)))));
            }
        }
        return documents;
    }

    /** Each type of rule with metrics and queries, with no, one or two operators. */
    static List<Node> rules() {
        List<Node> documents = new ArrayList<>();
        for (String type : Arrays.asList(null, "text", "library", "sql", "custom", "other")) {
            for (Object metric : Arrays.asList(null, "rowCount", "rows", 1)) {
                for (String query : Arrays.asList(null, "SELECT 1")) {
                    addRules(
                            present(Arrays.asList("type", "metric", "query"), Arrays.asList(type, metric, query)),
                            documents);
                }
            }
        }
        return documents;
    }

    private static void addRules(Map<String, Object> rule, List<Node> documents) {
        documents.add(withRule(rule));
        documents.add(withRule(with(rule, "rule", "r")));
        documents.add(withRule(with(rule, "arguments", Map.of("x", 1))));
        for (Object implementation : Arrays.asList(null, "x", Map.of(), Map.of("a", 1), List.of(), 1)) {
            documents.add(withRule(with(with(rule, "engine", "e"), "implementation", implementation)));
        }
        for (String operator : OPERATORS) {
            BOUNDS.forEach(bound -> documents.add(withRule(with(rule, operator, bound))));
            for (String other : OPERATORS) {
                documents.add(withRule(with(with(rule, operator, 1), other, 1)));
                documents.add(withRule(with(with(rule, operator, 1), other, "x")));
            }
        }
    }

    private static Node withProperty(Map<String, ?> property) {
        return contract("schema", List.of(Map.of("name", "o", "properties", List.of(property))));
    }

    private static Node withRule(Map<String, ?> rule) {
        return contract("schema", List.of(Map.of("name", "o", "quality", List.of(rule))));
    }

    private static Map<String, Object> present(List<String> keys, List<? extends @Nullable Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                map.put(keys.get(i), value);
            }
        }
        return map;
    }

    private static Map<String, Object> with(Map<String, ?> map, String key, @Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, Node.of(value));
        return copy;
    }

    private static Map<String, Object> without(Map<String, ?> map, String key) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.remove(key);
        return copy;
    }
}
