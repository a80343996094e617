package io.lakemesh.governance.opa;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.audit.AuditRecordBuilder;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A decision as Open Policy Agent logs it. */
record OpaDecision(Node.Mapping logged) {
    private static final String ACTOR = "open-policy-agent";

    /** The record of it; empty if it is none on a read of a table. */
    Optional<AuditRecord> record(Function<TableName, Optional<ProductAddress>> products) {
        String path = text(logged, "path");
        return switch (path) {
            case "lakemesh/trino/allow" ->
                input("action")
                        .text("operation")
                        .filter("SelectFromColumns"::equals)
                        .map(operation -> complete(allow(), table(resource()), products));
            case "lakemesh/trino/rowFilters" -> Optional.of(complete(rowFilters(), table(resource()), products));
            case "lakemesh/trino/batchColumnMasks" ->
                columns().stream().findFirst().map(column -> complete(masks(), table(column), products));
            default -> Optional.empty();
        };
    }

    private AuditRecordBuilder allow() {
        boolean allowed = logged.text("result").filter("true"::equals).isPresent();
        return (allowed
                        ? AuditRecord.granted(Action.QUERY)
                        : AuditRecord.denied(Action.QUERY, "Open Policy Agent does not allow it"))
                .columns(texts(resource().list("columns")));
    }

    /** A filter that no row passes is a denial. */
    private AuditRecordBuilder rowFilters() {
        List<String> filters = logged.list("result").stream()
                .map(filter -> text(mapping(filter), "expression"))
                .toList();
        AuditRecordBuilder record = filters.contains("false")
                ? AuditRecord.denied(Action.QUERY, "no row may be read")
                : AuditRecord.granted(Action.QUERY);
        return filters.isEmpty()
                ? record
                : record.filter(filters.stream().collect(Collectors.joining(") AND (", "(", ")")));
    }

    /** Masks that show nothing of any column are a denial; Trino's own columns, such as $path, are denied elsewhere. */
    private AuditRecordBuilder masks() {
        List<String> columns =
                columns().stream().map(column -> text(column, "columnName")).toList();
        Map<String, String> masks = new LinkedHashMap<>();
        for (Node answer : logged.list("result")) {
            String index = text(mapping(answer), "index");
            if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= columns.size()) {
                throw new InvalidInputException("its masks are of columns that were not asked for");
            }
            masks.put(
                    columns.get(Integer.parseInt(index)),
                    text(mapping(mapping(answer).get("viewExpression").orElse(answer)), "expression"));
        }
        boolean shown = columns.stream()
                .filter(column -> !column.startsWith("$"))
                .anyMatch(column -> !"NULL".equals(masks.get(column)));
        return (shown ? AuditRecord.granted(Action.QUERY) : AuditRecord.denied(Action.QUERY, "no column may be seen"))
                .columns(columns)
                .masks(masks);
    }

    private AuditRecord complete(
            AuditRecordBuilder record, TableName table, Function<TableName, Optional<ProductAddress>> products) {
        products.apply(table).ifPresent(record::product);
        input("context").text("queryId").ifPresent(record::reference);
        logged.get("bundles")
                .flatMap(bundles -> mapping(bundles).entries().values().stream()
                        .flatMap(bundle -> mapping(bundle).text("revision").stream())
                        .findFirst())
                .ifPresent(record::policy);
        return record.subject(subject())
                .table(table.toString())
                .build(text(logged, "decision_id"), Instant.parse(text(logged, "timestamp")), ACTOR);
    }

    private Subject subject() {
        Node.Mapping identity = mapping(input("context").get("identity").orElse(logged));
        Set<String> groups = new TreeSet<>();
        texts(identity.list("groups")).forEach(group -> groups.add(spoken(group)));
        return new Subject(text(identity, "user"), groups);
    }

    /** As decision.rego: Trino's file of groups cannot hold a colon in a group's name. */
    private static String spoken(String group) {
        return group.contains(":") || group.startsWith("=") ? group : group.replaceFirst("=", ":");
    }

    private static TableName table(Node.Mapping named) {
        return new TableName(text(named, "schemaName"), text(named, "tableName"));
    }

    private Node.Mapping resource() {
        return mapping(mapping(input("action").get("resource").orElse(logged))
                .get("table")
                .orElse(logged));
    }

    private List<Node.Mapping> columns() {
        return input("action").list("filterResources").stream()
                .map(resource -> mapping(mapping(resource).get("column").orElse(resource)))
                .toList();
    }

    private Node.Mapping input(String key) {
        return mapping(mapping(logged.get("input").orElse(logged)).get(key).orElse(logged));
    }

    private static Node.Mapping mapping(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new InvalidInputException("it has a value where a mapping is expected");
    }

    private static List<String> texts(List<Node> nodes) {
        return nodes.stream()
                .map(node -> node instanceof Node.Scalar scalar ? scalar.text().orElse("") : "")
                .toList();
    }

    private static String text(Node.Mapping mapping, String key) {
        return mapping.text(key).orElseThrow(() -> new InvalidInputException("it has no " + key));
    }
}
