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
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies of tables, made by hand. */
public final class TablePolicies {
    private TablePolicies() {}

    /** A policy of table {@code shop.sales}. */
    public static TablePolicy policy(TableSchema schema, Grant... grants) {
        return new TablePolicy(
                new ProductAddress("shop", "sales"), "sales", new TableName("shop", "sales"), List.of(grants), schema);
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
                place);
    }
}
