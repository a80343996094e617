package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.maintenance.Erasure;
import io.lakemesh.maintenance.ErasureResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers whose rows to remove from a product; {@link #run()} removes them from every release that is kept and from what runs set
 * aside, for good. Not thread-safe.
 */
public final class Erase {
    private final Mesh mesh;
    private final ProductAddress address;
    private final @Nullable ProductContract contract;
    private final Map<String, String> key = new LinkedHashMap<>();
    private String reference = UUID.randomUUID().toString();
    private boolean named;

    Erase(Mesh mesh, ProductAddress address, @Nullable ProductContract contract) {
        this.mesh = mesh;
        this.address = address;
        this.contract = contract;
    }

    /** Only rows with this value, as text; of several columns, rows that have each of the values. */
    public Erase key(String column, String value) {
        if (value.isBlank()) {
            throw new InvalidInputException(
                    "Cannot erase from " + address + ": the key's column " + column + " has no value");
        }
        if (key.putIfAbsent(column, value) != null) {
            throw new InvalidInputException(
                    "Cannot erase from " + address + ": the key's column " + column + " is given twice");
        }
        return this;
    }

    /**
     * Names the request, such as a case number: the receipt is found by it, and what was broken off goes on under it. It must
     * not tell who the person is. Random unless it is given.
     */
    public Erase reference(String name) {
        if (!name.matches("[A-Za-z0-9._:+@-]{1,128}")) {
            throw new InvalidInputException("Invalid reference: expected 1 to 128 of letters, digits and . _ : + @ -");
        }
        this.reference = name;
        this.named = true;
        return this;
    }

    /**
     * Erases.
     *
     * @throws InvalidInputException if there is no key, none of the product's tables has its columns, a column is protected so that
     *     no row can be found by it, or the reference holds a value of the key
     * @throws io.lakemesh.error.ConflictException if others kept publishing; asked for again, it goes on
     */
    public ErasureResult run() {
        if (key.isEmpty()) {
            throw new InvalidInputException("Cannot erase from " + address + ": no key was given");
        }
        requireNoValue();
        mesh.audit()
                .append(AuditRecord.granted(Action.ERASE)
                        .product(address)
                        .columns(List.copyOf(key.keySet()))
                        .reference(reference));
        return new Erasure(mesh.lakehouse(), mesh.clock(), mesh.config().identity(), mesh.keys(), address, contract)
                .run(key, reference);
    }

    private void requireNoValue() {
        if (named && key.values().stream().anyMatch(value -> Erasure.isWordOf(value.strip(), reference))) {
            throw new InvalidInputException("Invalid reference: it holds the key's value, which no receipt may; choose"
                    + " another, such as the number of the case");
        }
    }
}
