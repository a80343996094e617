package io.lakemesh.run;

import io.lakemesh.provenance.TableVersion;
import java.util.List;

/**
 * A release as it was committed.
 *
 * @param manifest hex digest of its provenance manifest
 */
public record Published(long release, String manifest, List<TableVersion> tables) {
    public Published {
        tables = List.copyOf(tables);
    }
}
