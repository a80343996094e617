package io.lakemesh.run;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.TableVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run builds on: the product's last release, or nothing. */
record Base(@Nullable ProductState state, @Nullable Manifest manifest) {
    /** The product as of now; the index of its releases is complete afterwards. */
    static Base of(ProductContract contract, Lakehouse lakehouse, Releases releases) {
        Optional<ProductState> found = lakehouse.find(contract.address());
        if (found.isEmpty()) {
            return new Base(null, null);
        }
        ProductState state = found.get();
        if (!state.productId().equals(contract.productId())) {
            throw new InvalidInputException("Cannot publish " + contract.address() + ": a product of another id ("
                    + state.productId() + ") is published under this name; choose another name, or use its id");
        }
        releases.heal(state.manifest());
        return new Base(state, releases.manifest(state.manifest()));
    }

    long nextRelease() {
        return state == null ? 1 : state.release() + 1;
    }

    Optional<Manifest> lastManifest() {
        return Optional.ofNullable(manifest);
    }

    /** The table as of the last release, if it had it. */
    Optional<TableVersion> table(io.lakemesh.contract.TableContract contract) {
        return lastManifest().flatMap(last -> last.tables().stream()
                .filter(table -> table.table().equals(contract.table()))
                .findFirst());
    }
}
