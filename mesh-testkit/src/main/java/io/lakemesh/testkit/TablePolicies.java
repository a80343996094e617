package io.lakemesh.testkit;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.ColumnRule;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.RowRule;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Policies of tables, made by hand. */
public final class TablePolicies {
    private TablePolicies() {}

    /** A policy of table {@code shop.sales}. */
    public static TablePolicy policy(TableSchema schema, Grant... grants) {
        return new TablePolicy(
                new ProductAddress("shop", "sales"), "sales", new TableName("shop", "sales"), List.of(grants), schema);
    }

    /**
     * One of many tables of 20 domains, with long names: five roles, of groups {@code group-0} to {@code group-4}, that see rows of
     * their own and every second column masked.
     */
    public static TablePolicy oneOfMany(int product, int columns) {
        TableSchema schema = new TableSchema(
                IntStream.rangeClosed(1, columns)
                        .mapToObj(id -> Field.optional(id, "column_with_a_long_name_" + id, DataType.Primitive.STRING))
                        .toList(),
                List.of());
        Map<String, Mask> masks = schema.fields().stream()
                .filter(field -> field.id() % 2 == 0)
                .collect(Collectors.toMap(Field::name, field -> Mask.parse("last(4)")));
        List<Grant> grants = IntStream.range(0, 5)
                .mapToObj(role -> grant(
                        schema,
                        "role-" + role,
                        List.of("group-" + role),
                        List.of("column_with_a_long_name_1 = subject.x"),
                        masks))
                .toList();
        TableName table = new TableName("domain_" + product % 20, "product_" + product + "_v1");
        return new TablePolicy(new ProductAddress("domain", "product"), "object", table, grants, schema);
    }

    /**
     * A grant to the groups, with {@code purpose:x} among them for purposes.
     *
     * @param masks by column; the others are clear
     */
    public static Grant grant(
            TableSchema schema, String role, List<String> groups, List<String> rowFilters, Map<String, Mask> masks) {
        Place place = Place.of(role);
        Map<String, ColumnRule> columns = new LinkedHashMap<>();
        schema.fields()
                .forEach(field -> columns.put(
                        field.name(), new ColumnRule(masks.getOrDefault(field.name(), Mask.Plain.CLEAR), place)));
        String purpose = "purpose:";
        return new Grant(
                role,
                Set.copyOf(groups.stream()
                        .filter(group -> !group.startsWith(purpose))
                        .toList()),
                Set.copyOf(groups.stream()
                        .filter(group -> group.startsWith(purpose))
                        .map(group -> group.substring(purpose.length()))
                        .toList()),
                rowFilters.stream()
                        .map(text -> new RowRule(Predicates.parseRowFilter(text, schema), place))
                        .toList(),
                columns,
                Map.of(),
                place);
    }
}
