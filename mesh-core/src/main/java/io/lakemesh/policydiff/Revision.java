package io.lakemesh.policydiff;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.ProductFolder;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policydiff.PolicyChange.Said;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policies of one revision of a mesh's descriptors, by table.
 *
 * @param tables by their names in the lakehouse, in their order
 * @param bindings where the mesh's policy binds a role to groups
 */
public record Revision(Map<String, Described> tables, Map<String, Place> bindings) {
    public Revision {
        tables = new TreeMap<>(tables);
        bindings = Map.copyOf(bindings);
    }

    /** A table's policy, and what is stored in the place of the values of its protected columns. */
    record Described(TablePolicy policy, Map<String, Said> protections) {
        Described {
            protections = Map.copyOf(protections);
        }
    }

    /** Where it is said which groups a grant is for. */
    Place bound(Grant grant) {
        return bindings.getOrDefault(grant.role(), grant.place());
    }

    /**
     * Reads the products in a folder and below, as they would be published under a mesh's policy.
     *
     * @throws InvalidInputException with every problem of every descriptor, or if there is no product
     */
    public static Revision read(Path folder, MeshPolicy mesh) {
        Problems problems = new Problems();
        Map<ProductAddress, Path> seen = new HashMap<>();
        Map<String, Described> tables = new TreeMap<>();
        for (Path home : folders(folder, problems)) {
            try {
                ProductContract product = ProductContracts.compile(ProductFolder.load(home));
                Path earlier = seen.putIfAbsent(product.address(), home);
                if (earlier != null) {
                    problems.error(
                            Place.of(home.toString()), "product " + product.address() + " stands also in " + earlier);
                }
                product.tables()
                        .forEach(table -> tables.put(table.table().toString(), described(product, table, mesh)));
            } catch (InvalidInputException e) {
                e.problems().forEach(problem -> problems.error(inside(home, problem.place()), problem.message()));
            }
        }
        problems.throwIfErrors();
        Map<String, Place> bindings = new HashMap<>();
        mesh.roles().forEach((role, binding) -> bindings.put(role, binding.place()));
        return new Revision(tables, bindings);
    }

    private static Described described(ProductContract product, TableContract table, MeshPolicy mesh) {
        Map<String, Said> protections = new HashMap<>();
        for (ColumnContract column : table.columns()) {
            if (column.isProtected()) {
                protections.put(
                        column.name(),
                        new Said(String.valueOf(column.protection()), place(product, table, column.name())));
            }
        }
        return new Described(Policies.of(product, table, table.schema().numbered(), mesh), protections);
    }

    private static Place place(ProductContract product, TableContract table, String column) {
        return product.descriptor().contract(table.contractId(), table.contractVersion()).stream()
                .flatMap(contract -> contract.schema().stream())
                .filter(object -> object.name().equals(table.object()))
                .flatMap(object -> object.properties().stream())
                .filter(property -> column.equals(property.name()))
                .map(property -> property.customProperties().placeOf(OwnProperty.PROTECTION.key()))
                .findFirst()
                .orElseThrow();
    }

    private static Place inside(Path home, Place place) {
        return new Place(home.resolve(place.file()).toString(), place.line(), place.column());
    }

    private static Collection<Path> folders(Path folder, Problems problems) {
        Collection<Path> folders = ProductFolder.below(folder);
        if (folders.isEmpty()) {
            problems.error(Place.of(folder.toString()), "there is no product in it, expected an *.odps.yaml");
        }
        return folders;
    }
}
