package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose rows to remove from a product's tables: those in which each of some columns has a value. Its text form shows no value.
 *
 * @param key the texts that the value of each column may stand as
 * @param names what each of these columns is or was called in the product's tables
 * @param sourceNames what each of these columns may be called in raw input
 * @param setAside the tables of rows that runs set aside
 * @param reference the name by which the erasure was asked for
 * @param by the identity that acts
 * @param at when
 */
public record ErasureOrder(
        ProductAddress address,
        Map<String, Set<String>> key,
        Map<String, Set<String>> names,
        Map<String, Set<String>> sourceNames,
        Set<TableName> setAside,
        String reference,
        String by,
        Instant at) {
    public ErasureOrder {
        Map<String, Set<String>> ordered = new LinkedHashMap<>();
        key.forEach((column, texts) -> ordered.put(column, Set.copyOf(texts)));
        key = java.util.Collections.unmodifiableMap(ordered);
        names = copy(names);
        sourceNames = copy(sourceNames);
        setAside = Set.copyOf(setAside);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> sets) {
        return sets.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    @Override
    public String toString() {
        return "ErasureOrder[" + address + " by " + key.keySet() + ", " + reference + "]";
    }
}
