package io.lakemesh.policy;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the mesh's policy and contracts together. */
public final class Policies {
    private Policies() {}

    /**
     * Checks a product against the mesh's policy: that every column is classified, no role loosens what the mesh says, every
     * mask keeps its column's type, every row filter can be read, and the regulations are met.
     *
     * @throws io.lakemesh.error.InvalidInputException with every problem, each with its place
     */
    public static List<TablePolicy> require(ProductContract product, MeshPolicy mesh) {
        Problems problems = new Problems();
        List<TablePolicy> tables = new ArrayList<>();
        for (TableContract table : product.tables()) {
            tables.add(new TablePolicyCompiler(product, table, table.schema(), mesh, problems).compile());
        }
        product.tables().stream()
                .collect(Collectors.groupingBy(
                        table -> contract(product, table), LinkedHashMap::new, Collectors.toList()))
                .forEach((contract, its) -> new RegulationCheck(contract, its, mesh, problems).check());
        requireNone(problems);
        return tables;
    }

    /**
     * Warns of what in the mesh's policy is for no role of the contracts and no product.
     *
     * @param products all that the mesh has
     */
    public static List<Problem> unmatched(MeshPolicy mesh, Collection<ProductContract> products) {
        return new UnmatchedRules(mesh, products).find().all();
    }

    /** A contract's roles are looked at once for each of its tables. */
    private static void requireNone(Problems problems) {
        Problems distinct = new Problems();
        distinct.addAll(problems.all().stream().distinct().toList());
        distinct.throwIfErrors();
    }

    /**
     * The policy of a table that is there, whatever is wrong with it: a row filter that cannot be read lets no row through,
     * purposes that nobody may state open nothing, and of two masks that cannot be compared neither shows anything.
     *
     * @param stored the table's columns, with field ids
     */
    public static TablePolicy of(ProductContract product, TableContract table, TableSchema stored, MeshPolicy mesh) {
        return new TablePolicyCompiler(product, table, stored, mesh, new Problems()).compile();
    }

    static DataContract contract(ProductContract product, TableContract table) {
        return product.descriptor()
                .contract(table.contractId(), table.contractVersion())
                .orElseThrow();
    }
}
