package io.lakemesh.iceberg.profile;

import io.lakemesh.classify.Proposal;
import io.lakemesh.document.Documents;
import io.lakemesh.document.MappingBuilder;
import io.lakemesh.document.Node;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the contract that a profile suggests. */
final class ContractDraft {
    /** Values are listed only if each comes so often on average: otherwise the next file brings others. */
    private static final int ROWS_PER_VALUE = 10;

    private final Profile profile;
    private final Set<String> names = new HashSet<>();
    private final IdentityHashMap<Node, String> comments = new IdentityHashMap<>();

    ContractDraft(Profile profile) {
        this.profile = profile;
    }

    Node.Mapping contract(String id, String object) {
        return Node.mapping()
                .put("apiVersion", "v3.1.0")
                .put("kind", "DataContract")
                .put("id", id)
                .put("version", "1.0.0")
                .put("status", "draft")
                .put("name", object)
                .put("schema", List.of(table(object)))
                .build();
    }

    /** The same as YAML, with the reason of each proposed classification as a comment. */
    String yaml(String id, String object) {
        return Documents.writeYaml(contract(id, object), comments);
    }

    private Node.Mapping table(String object) {
        List<Node> properties = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            if (column.type() == InferredType.OTHER && column.nulls() < column.rows()) {
                leftOut.add(column.name());
            } else {
                properties.add(property(column));
            }
        }
        MappingBuilder table = Node.mapping()
                .put("name", columnName(object, new HashSet<>()))
                .put("logicalType", "object")
                .put("physicalType", "table")
                .put("description", description(leftOut))
                .put("properties", properties);
        if (profile.rows() > 0) {
            table.put("quality", List.of(Map.of("metric", "rowCount", "mustBeGreaterThan", 0)));
        }
        return table.build();
    }

    private String description(List<String> leftOut) {
        String drafted = "Drafted from " + profile.rows() + " rows; read it before you promise it.";
        return leftOut.isEmpty()
                ? drafted
                : drafted + " Left out, because their values are nested or of several types: "
                        + String.join(", ", leftOut) + ".";
    }

    private Node.Mapping property(ColumnProfile column) {
        String name = columnName(column.name(), names);
        InferredType type = column.type() == InferredType.OTHER ? InferredType.STRING : column.type();
        MappingBuilder property = Node.mapping().put("name", name).put("logicalType", type.logicalType());
        Node.Mapping options = options(column);
        if (!options.entries().isEmpty()) {
            property.put("logicalTypeOptions", options);
        }
        if (column.rows() > 0 && column.nulls() == 0) {
            property.put("required", true);
        }
        Proposal personal = profile.personal().get(column.name());
        if (personal != null) {
            Node classification = Node.of(personal.classification());
            comments.put(classification, personal.toString());
            property.put("classification", classification);
        }
        List<Node> quality = quality(column);
        if (!quality.isEmpty()) {
            property.put("quality", quality);
        }
        if (!name.equals(column.name())) {
            property.put(
                    "customProperties",
                    List.of(Node.mapping()
                            .put("property", "lakemesh.source-name")
                            .put("value", column.name())
                            .build()));
        }
        return property.build();
    }

    private static Node.Mapping options(ColumnProfile column) {
        MappingBuilder options = Node.mapping();
        switch (column.type()) {
            case INTEGER -> {
                if (number(column.minimum()).signum() >= 0) {
                    options.put("minimum", 0);
                }
            }
            case NUMBER ->
                options.put("minimum", number(column.minimum()).setScale(0, RoundingMode.FLOOR))
                        .put("maximum", number(column.maximum()).setScale(0, RoundingMode.CEILING));
            case TIMESTAMP_WITH_OFFSET -> options.put("timezone", true);
            case STRING -> {
                if (column.isUuid()) {
                    options.put("format", "uuid");
                }
            }
            default -> {}
        }
        return options.build();
    }

    private static BigDecimal number(@org.jspecify.annotations.Nullable String text) {
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static List<Node> quality(ColumnProfile column) {
        List<Node> rules = new ArrayList<>();
        if (column.nulls() > 0 && column.nulls() < column.rows()) {
            rules.add(Node.mapping()
                    .put("metric", "nullValues")
                    .put("unit", "percent")
                    .put("mustBeLessOrEqualTo", Math.min(100, (int) Math.ceil(column.nullShare() * 100)))
                    .build());
        }
        if (listsValues(column)) {
            rules.add(Node.mapping()
                    .put("metric", "invalidValues")
                    .put(
                            "arguments",
                            Map.of(
                                    "validValues",
                                    column.values().keySet().stream().sorted().toList()))
                    .put("mustBe", 0)
                    .build());
        }
        return rules;
    }

    private static boolean listsValues(ColumnProfile column) {
        return column.type() == InferredType.STRING
                && !column.values().isEmpty()
                && column.rows() - column.nulls()
                        >= (long) ROWS_PER_VALUE * column.values().size();
    }

    /** Lower case, words joined by underscores, different from those before. */
    private static String columnName(String source, Set<String> taken) {
        String plain = source.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        String base = plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "c_" + plain : plain;
        String name = base;
        for (int i = 2; !taken.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }
}
