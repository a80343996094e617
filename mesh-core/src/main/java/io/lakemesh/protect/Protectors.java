package io.lakemesh.protect;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What protects the values of a product's columns that need a key. */
@FunctionalInterface
public interface Protectors {
    /** Of a product whose columns need none. */
    Protectors NONE = protection -> {
        throw new IllegalStateException("There is no key for " + protection);
    };

    /** Of a protection that one of the product's columns has. */
    Protector of(Keyed protection);

    /**
     * Takes the keys of all of a product's columns from a ring.
     *
     * @throws InvalidInputException if one is missing
     */
    static Protectors of(ProductContract product, KeyRing keys) {
        Map<Keyed, Protector> protectors = new HashMap<>();
        for (TableContract table : product.tables()) {
            for (ColumnContract column : table.columns()) {
                if (column.protection() instanceof Keyed keyed) {
                    protectors.computeIfAbsent(
                            keyed,
                            unused -> keys.protector(
                                    keyed.keyName(product.address().domain()), keyed.kind()));
                }
            }
        }
        return protection -> Objects.requireNonNull(protectors.get(protection), "protector");
    }
}
