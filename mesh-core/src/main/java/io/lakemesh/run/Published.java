package io.lakemesh.run;

import io.lakemesh.provenance.TableVersion;
import java.util.List;

/**
 * A release as it was committed.
 *
 * @param manifest hex digest of its provenance manifest
 * @param already whether another execution of the same run had made it before; nothing that was staged for this one is in it
 */
public record Published(long release, String manifest, List<TableVersion> tables, boolean already) {
    public Published {
        tables = List.copyOf(tables);
    }
}
