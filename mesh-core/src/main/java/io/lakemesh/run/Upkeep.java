package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What to do to a product's tables, or to the mesh's own.
 *
 * @param keep the releases that must stay readable
 * @param keepSnapshots releases in these snapshots too: others were made from them
 * @param olderThan how old a file or snapshot that nothing names must be to go: longer than any run takes
 * @param dryRun whether to tell only what would be done
 * @param by the identity that acts
 * @param at when
 */
public record Upkeep(
        ProductAddress address,
        Set<Long> keep,
        Set<Long> keepSnapshots,
        Duration olderThan,
        boolean dryRun,
        String by,
        Instant at) {
    public Upkeep {
        keep = Set.copyOf(keep);
        keepSnapshots = Set.copyOf(keepSnapshots);
    }

    /** What to do to the mesh's own tables, which have no releases. */
    public static Upkeep ofOwn(Duration olderThan, boolean dryRun, String by, Instant at) {
        ProductAddress own = new ProductAddress(TableNames.OWN_NAMESPACE, TableNames.OWN_NAMESPACE);
        return new Upkeep(own, Set.of(), Set.of(), olderThan, dryRun, by, at);
    }
}
