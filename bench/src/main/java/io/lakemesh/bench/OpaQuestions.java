package io.lakemesh.bench;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.policy.TablePolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Trino 476 asks Open Policy Agent, as its plugin writes it. */
final class OpaQuestions {
    private static final List<String> READER = List.of("group-4", "x=essex");
    private static final List<String> NOBODY = List.of("x=essex");

    private OpaQuestions() {}

    /**
     * A question of Trino.
     *
     * @param rule the end of its address
     * @param granted whether the answer grants anything
     */
    record Question(String rule, String body, boolean granted) {}

    /** Questions about a table and about all of them, by what they are. */
    static Map<String, Question> of(TablePolicy table, List<TablePolicy> all) {
        List<String> columns =
                table.schema().fields().stream().map(field -> field.name()).toList();
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put(
                "may the catalog be seen",
                single(READER, "allow", "AccessCatalog", Map.of("catalog", Map.of("name", "lake"))));
        questions.put(
                "the same, by a stranger",
                single(NOBODY, "allow", "AccessCatalog", Map.of("catalog", Map.of("name", "lake"))));
        questions.put(
                "may columns be selected",
                single(READER, "allow", "SelectFromColumns", Map.of("table", with(table, Map.of("columns", columns)))));
        questions.put(
                "row filters", single(READER, "rowFilters", "GetRowFilters", Map.of("table", with(table, Map.of()))));
        questions.put(
                "column masks",
                batch(
                        "batchColumnMasks",
                        "GetColumnMask",
                        columns.stream()
                                .map(column -> Map.of(
                                        "column",
                                        with(table, Map.of("columnName", column, "columnType", "varchar"))))));
        questions.put(
                "which schemas are listed",
                batch(
                        "batch",
                        "FilterSchemas",
                        all.stream()
                                .map(each -> each.table().namespace())
                                .distinct()
                                .map(schema -> Map.of("schema", Map.of("catalogName", "lake", "schemaName", schema)))));
        questions.put(
                "which tables are listed",
                batch("batch", "FilterTables", all.stream().map(each -> Map.of("table", with(each, Map.of())))));
        return questions;
    }

    private static Map<String, Object> with(TablePolicy table, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put("catalogName", "lake");
        all.put("schemaName", table.table().namespace());
        all.put("tableName", table.table().name());
        return all;
    }

    private static Question single(List<String> groups, String rule, String operation, Map<String, ?> resource) {
        return question(groups, rule, operation, "resource", Node.of(resource));
    }

    private static Question batch(String rule, String operation, Stream<? extends Map<String, ?>> resources) {
        return question(READER, rule, operation, "filterResources", Node.of(resources.toList()));
    }

    private static Question question(List<String> groups, String rule, String operation, String key, Node resource) {
        Node action =
                Node.mapping().put("operation", operation).put(key, resource).build();
        Node context = Node.of(Map.of(
                "identity", Map.of("user", "ada", "groups", groups), "softwareStack", Map.of("trinoVersion", "476")));
        Node input =
                Node.mapping().put("context", context).put("action", action).build();
        String body = Json.writeCompact(Node.mapping().put("input", input).build());
        return new Question(rule, body, groups.equals(READER));
    }
}
