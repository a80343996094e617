package io.lakemesh.policydiff;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.descriptor.ProductFolder;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.TablePolicy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policies of one revision of a mesh's descriptors, by table.
 *
 * @param tables by their names in the lakehouse, in their order
 */
public record Revision(Map<String, TablePolicy> tables) {
    public Revision {
        tables = new TreeMap<>(tables);
    }

    /**
     * Reads the products in a folder and below, as they would be published under a mesh's policy.
     *
     * @throws InvalidInputException with every problem of every descriptor, or if there is no product
     */
    public static Revision read(Path folder, MeshPolicy mesh) {
        Problems problems = new Problems();
        Map<ProductAddress, Path> seen = new HashMap<>();
        Map<String, TablePolicy> tables = new TreeMap<>();
        for (Path home : folders(folder, problems)) {
            try {
                ProductContract product = ProductContracts.compile(ProductFolder.load(home));
                Path earlier = seen.putIfAbsent(product.address(), home);
                if (earlier != null) {
                    problems.error(
                            Place.of(home.toString()), "product " + product.address() + " stands also in " + earlier);
                }
                product.tables()
                        .forEach(table -> tables.put(
                                table.table().toString(),
                                Policies.of(product, table, table.schema().numbered(), mesh)));
            } catch (InvalidInputException e) {
                e.problems().forEach(problem -> problems.error(inside(home, problem.place()), problem.message()));
            }
        }
        problems.throwIfErrors();
        return new Revision(tables);
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
