package io.lakemesh.policy;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.document.Shown;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds what in the mesh's policy is for nobody or nothing there is: most often a name that is misspelt. */
final class UnmatchedRules {
    private final MeshPolicy mesh;
    private final Collection<ProductContract> products;
    private final Set<String> roles = new LinkedHashSet<>();
    private final Problems problems = new Problems();

    UnmatchedRules(MeshPolicy mesh, Collection<ProductContract> products) {
        this.mesh = mesh;
        this.products = products;
        products.stream()
                .flatMap(product -> product.descriptor().contracts().stream())
                .flatMap(contract -> contract.roles().stream())
                .forEach(role -> roles.add(role.role()));
    }

    Problems find() {
        mesh.classifications()
                .forEach(classification ->
                        classification.exceptions().forEach((role, masks) -> requireKnown(role, masks.place())));
        mesh.rowFilters().forEach(filter -> {
            filter.except().forEach(role -> requireKnown(role, filter.place()));
            if (products.stream().noneMatch(product -> filter.concerns(product.address()))) {
                problems.warning(
                        filter.place(),
                        "row filter " + Shown.quoted(filter.id()) + " is for no product there is: "
                                + String.join(", ", filter.products()));
            }
        });
        return problems;
    }

    private void requireKnown(String role, Place place) {
        if (!roles.contains(role)) {
            problems.warning(place, "no contract has a role " + Shown.quoted(role) + NearMatch.hint(role, roles));
        }
    }
}
