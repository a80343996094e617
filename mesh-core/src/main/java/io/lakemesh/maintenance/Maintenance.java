package io.lakemesh.maintenance;

import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.History;
import io.lakemesh.history.Release;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks after products' tables: fewer and larger files, no releases beyond those to be kept, no files that nothing needs. It may run
 * beside publishers. Manifests, reports and the log of runs are kept for ever. Not thread-safe.
 */
public final class Maintenance {
    /** How old what nothing names must be to go: longer than any run takes. */
    public static final Duration OLDER_THAN = Duration.ofHours(24);

    /** Files of a run that is under way are named by nothing yet. */
    private static final Duration LEAST = Duration.ofHours(1);

    private final Lakehouse lakehouse;
    private final Clock clock;
    private final String identity;
    private final int releases;
    private @Nullable Set<Long> read;

    /**
     * Prepares maintenance.
     *
     * @param releases how many of a product's newest releases stay readable
     */
    public Maintenance(Lakehouse lakehouse, Clock clock, String identity, int releases) {
        this.lakehouse = lakehouse;
        this.clock = clock;
        this.identity = identity;
        this.releases = releases;
    }

    /** Does what is to be done; what it was, table by table. */
    public List<TableUpkeep> run(ProductAddress product, Duration olderThan) {
        return maintain(product, olderThan, false);
    }

    /** What {@link #run} would do. */
    public List<TableUpkeep> plan(ProductAddress product, Duration olderThan) {
        return maintain(product, olderThan, true);
    }

    private List<TableUpkeep> maintain(ProductAddress product, Duration olderThan, boolean dryRun) {
        if (olderThan.compareTo(LEAST) < 0) {
            throw new InvalidInputException("Cannot maintain " + product + ": files younger than " + LEAST.toHours()
                    + " h may belong to a run that is under way; expected a longer time");
        }
        long newest = lakehouse
                .find(product)
                .orElseThrow(
                        () -> new InvalidInputException("Cannot maintain " + product + ": nothing was published yet"))
                .release();
        Set<Long> keep = LongStream.rangeClosed(Math.max(1, newest - releases + 1), newest)
                .boxed()
                .collect(Collectors.toSet());
        return lakehouse.maintain(new Upkeep(product, keep, read(), olderThan, dryRun, identity, clock.instant()));
    }

    /** The snapshots that the kept releases of all products were made from. */
    private Set<Long> read() {
        Set<Long> known = read;
        if (known == null) {
            known = new HashSet<>();
            for (ProductAddress product : lakehouse.products()) {
                collect(product, known);
            }
            read = known;
        }
        return known;
    }

    private void collect(ProductAddress product, Set<Long> snapshots) {
        Optional<History> history = History.of(product, lakehouse);
        Optional<Release> next = history.map(History::latest);
        for (int kept = 0; kept < releases && next.isPresent(); kept++) {
            Manifest manifest = next.get().manifest();
            manifest.inputs().stream()
                    .flatMap(input -> input.evidence().queried().stream())
                    .flatMap(query -> query.tables().stream())
                    .map(QueryEvidence.TableRead::snapshotId)
                    .forEach(snapshots::add);
            next = history.orElseThrow().previous(next.get());
        }
    }
}
