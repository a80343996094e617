package io.lakemesh.governance.opa;

import io.lakemesh.document.Node;
import io.lakemesh.error.MeshException;
import io.lakemesh.governance.trino.SqlTemplate;
import io.lakemesh.governance.trino.TrinoMasks;
import io.lakemesh.governance.trino.TrinoPredicates;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What Trino asks before it reads a table: whether, with which row filters, with which masks. The answers are SQL; the role whose
 * rows and columns are written so is the one that they grant.
 */
final class TrinoQuestions {
    private static final String EXPRESSION = "expression";
    private static final String MALFORMED = "its answer is not well-formed";

    private final OpaRules rules;
    private final String catalog;

    TrinoQuestions(OpaRules rules, String catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    /** What the answers let a subject see: row filters, and masks by column; a column without one is clear. */
    private record Answers(Set<String> rows, Map<String, String> masks) {}

    /**
     * What a subject sees in Trino.
     *
     * @throws MeshException if Trino would be told what none of the policy's roles says
     */
    Decision decide(Subject subject, TablePolicy table) {
        if (!isAllowed(subject, table)) {
            return new Decision.Denied("Open Policy Agent denies it to Trino");
        }
        Answers answers = new Answers(rows(subject, table), masks(subject, table));
        return table.grants().stream()
                .filter(grant -> expected(grant, subject, table).equals(answers))
                .min(Comparator.comparing(
                        grant -> !grant.equals(table.grant(subject).orElse(null))))
                .map(grant -> table.granted(grant, subject))
                .orElseThrow(() -> new MeshException("Open Policy Agent tells Trino what no role of the policy says: "
                        + difference(answers, subject, table)));
    }

    private boolean isAllowed(Subject subject, TablePolicy table) {
        Map<String, Object> selected = new LinkedHashMap<>(name(table));
        selected.put(
                "columns", table.schema().fields().stream().map(Field::name).toList());
        Node question = OpaInput.about(subject, "SelectFromColumns", Node.of(Map.of("table", selected)));
        return ask("allow", question).equals(Node.of(true));
    }

    private Set<String> rows(Subject subject, TablePolicy table) {
        Node question = OpaInput.about(subject, "GetRowFilters", Node.of(Map.of("table", name(table))));
        Set<String> filters = new TreeSet<>();
        elements(ask("rowFilters", question)).forEach(filter -> filters.add(text(filter, EXPRESSION)));
        return filters;
    }

    private Map<String, String> masks(Subject subject, TablePolicy table) {
        List<Field> fields = table.schema().fields();
        List<Node> columns = new ArrayList<>();
        fields.forEach(field -> {
            Map<String, Object> column = new LinkedHashMap<>(name(table));
            column.put("columnName", field.name());
            columns.add(Node.of(Map.of("column", column)));
        });
        Map<String, String> masks = new LinkedHashMap<>();
        elements(ask("batchColumnMasks", OpaInput.aboutEach(subject, "GetColumnMask", columns)))
                .forEach(mask -> masks.put(column(mask, fields), mask(mask)));
        return masks;
    }

    private static String column(Node.Mapping mask, List<Field> fields) {
        String index = text(mask, "index");
        return IntStream.range(0, fields.size())
                .filter(i -> Integer.toString(i).equals(index))
                .mapToObj(i -> fields.get(i).name())
                .findFirst()
                .orElseThrow(() -> new NoAnswerException(MALFORMED, null));
    }

    private static String mask(Node.Mapping mask) {
        if (mask.entries().get("viewExpression") instanceof Node.Mapping view) {
            return text(view, EXPRESSION);
        }
        throw new NoAnswerException(MALFORMED, null);
    }

    private Map<String, Object> name(TablePolicy table) {
        return Map.of(
                "catalogName", catalog,
                "schemaName", table.table().namespace(),
                "tableName", table.table().name());
    }

    private Node ask(String rule, Node question) {
        return rules.ask(List.of("trino", rule), question)
                .orElseThrow(() -> new MeshException("Open Policy Agent has no answer to Trino's question " + rule));
    }

    private static List<Node.Mapping> elements(Node answer) {
        if (answer instanceof Node.Sequence sequence
                && sequence.elements().stream().allMatch(Node.Mapping.class::isInstance)) {
            return sequence.elements().stream().map(Node.Mapping.class::cast).toList();
        }
        throw new NoAnswerException(MALFORMED, null);
    }

    private static String text(Node.Mapping node, String key) {
        return node.text(key).orElseThrow(() -> new NoAnswerException(MALFORMED, null));
    }

    private static Answers expected(Grant grant, Subject subject, TablePolicy table) {
        Set<String> rows = new TreeSet<>();
        grant.rows().forEach(rule -> rows.add(filled(TrinoPredicates.render(rule.predicate()), subject, "")));
        Map<String, String> masks = new LinkedHashMap<>();
        table.schema().fields().forEach(field -> {
            Mask mask = grant.mask(field.name());
            if (mask != Mask.Plain.CLEAR) {
                masks.put(field.name(), filled(TrinoMasks.render(mask, field.type()), subject, field.name()));
            }
        });
        return new Answers(rows, masks);
    }

    private static String filled(SqlTemplate template, Subject subject, String column) {
        return template.filled(column, subject::attribute);
    }

    /** The first thing that differs from what the deciding role says, if there is one. */
    private static String difference(Answers answers, Subject subject, TablePolicy table) {
        Grant grant = table.grant(subject).orElse(null);
        if (grant == null) {
            return "it lets a subject without a role read";
        }
        Answers expected = expected(grant, subject, table);
        if (!expected.rows().equals(answers.rows())) {
            return "row filters " + answers.rows() + " and not " + expected.rows();
        }
        return table.schema().fields().stream()
                .map(Field::name)
                .filter(name -> !Objects.equals(
                        expected.masks().get(name), answers.masks().get(name)))
                .findFirst()
                .map(name -> name + " as " + answers.masks().getOrDefault(name, "clear") + " and not as "
                        + expected.masks().getOrDefault(name, "clear"))
                .orElse("");
    }
}
