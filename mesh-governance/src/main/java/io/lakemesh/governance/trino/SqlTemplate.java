package io.lakemesh.governance.trino;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression of Trino's SQL with places that are filled in for each query: the subject's attributes, and of a mask its column.
 *
 * @param parts in their order; no two texts beside each other
 */
public record SqlTemplate(List<Part> parts) {
    public SqlTemplate {
        List<Part> merged = new ArrayList<>();
        for (Part part : parts) {
            Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (part instanceof Text text && last instanceof Text before) {
                merged.set(merged.size() - 1, new Text(before.sql() + text.sql()));
            } else {
                merged.add(part);
            }
        }
        parts = List.copyOf(merged);
    }

    /** A piece of a template. */
    public sealed interface Part {}

    /** SQL as it stands. */
    public record Text(String sql) implements Part {}

    /** The values of one of the subject's attributes as a list of literals; {@code NULL} where there is none. */
    public record Attribute(String name) implements Part {}

    /** The column that a mask is for, quoted. */
    public record Column() implements Part {}

    /**
     * The expression as OPA fills it in: {@code trino.rego} says the same.
     *
     * @param attributes the subject's values of each
     */
    public String filled(String column, Function<String, List<String>> attributes) {
        StringBuilder sql = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text text) {
                sql.append(text.sql());
            } else if (part instanceof Attribute attribute) {
                List<String> values = attributes.apply(attribute.name());
                sql.append(
                        values.isEmpty()
                                ? "NULL"
                                : values.stream().map(SqlLiterals::text).collect(Collectors.joining(", ")));
            } else {
                sql.append(SqlLiterals.name(column));
            }
        }
        return sql.toString();
    }

    static SqlTemplate of(String sql) {
        return new SqlTemplate(List.of(new Text(sql)));
    }

    /** A template from pieces of SQL and templates. */
    static SqlTemplate join(Object... pieces) {
        return new SqlTemplate(Stream.of(pieces)
                .flatMap(piece -> piece instanceof SqlTemplate template
                        ? template.parts().stream()
                        : Stream.of(new Text((String) piece)))
                .toList());
    }

    static SqlTemplate join(List<SqlTemplate> templates, String between) {
        List<Object> pieces = new ArrayList<>();
        templates.forEach(template -> {
            if (!pieces.isEmpty()) {
                pieces.add(between);
            }
            pieces.add(template);
        });
        return join(pieces.toArray());
    }
}
