package io.lakemesh.governance.trino;

import java.util.ArrayList;
import java.util.List;
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
