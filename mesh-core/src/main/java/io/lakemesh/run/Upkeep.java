package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What to do to a product's tables.
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
}
