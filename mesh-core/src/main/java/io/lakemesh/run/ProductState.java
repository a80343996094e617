package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.provenance.TableVersion;
import java.util.List;

/**
 * A product as its tables' commits say it is.
 *
 * @param productId the ODPS id that its tables carry
 * @param release the number of the last whole release
 * @param manifest hex digest of that release's provenance manifest
 * @param tables every table of that release
 */
public record ProductState(
        ProductAddress address, String productId, long release, String manifest, List<TableVersion> tables) {
    public ProductState {
        tables = List.copyOf(tables);
    }
}
