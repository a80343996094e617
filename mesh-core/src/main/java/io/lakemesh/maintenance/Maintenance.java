package io.lakemesh.maintenance;

import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.Rule;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.History;
import io.lakemesh.history.Release;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after products' tables and the stewards': fewer and larger files, no releases beyond those to be kept, no files that nothing needs. It may run
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

    /** Does to the stewards' tables what is to be done. */
    public List<TableUpkeep> runOwn(Duration olderThan) {
        return maintainOwn(olderThan, false);
    }

    /** What {@link #runOwn} would do. */
    public List<TableUpkeep> planOwn(Duration olderThan) {
        return maintainOwn(olderThan, true);
    }

    private List<TableUpkeep> maintainOwn(Duration olderThan, boolean dryRun) {
        requireLongEnough(olderThan, "the stewards' tables");
        return lakehouse.maintainOwn(Upkeep.ofOwn(olderThan, dryRun, identity, clock.instant()));
    }

    private static void requireLongEnough(Duration olderThan, String subject) {
        if (olderThan.compareTo(LEAST) < 0) {
            throw new InvalidInputException("Cannot maintain " + subject + ": files younger than " + LEAST.toHours()
                    + " h may belong to a run that is under way; expected a longer time");
        }
    }

    private List<TableUpkeep> maintain(ProductAddress product, Duration olderThan, boolean dryRun) {
        requireLongEnough(olderThan, product.toString());
        History history = History.of(product, lakehouse)
                .orElseThrow(
                        () -> new InvalidInputException("Cannot maintain " + product + ": nothing was published yet"));
        Set<Long> keep = kept(history).stream().map(Release::number).collect(Collectors.toSet());
        return lakehouse.maintain(new Upkeep(product, keep, read(), olderThan, dryRun, identity, clock.instant()));
    }

    /**
     * The newest releases; and beyond them those that were the newest at any time within the retention that the newest one's
     * contracts ask for, so that everything as of such a time can be read.
     */
    private List<Release> kept(History history) {
        List<Release> kept = new ArrayList<>();
        Instant since = clock.instant().minus(retention(history));
        Optional<Release> next = Optional.of(history.latest());
        Instant replaced = Instant.MAX;
        while (next.isPresent() && (kept.size() < releases || replaced.isAfter(since))) {
            Release release = next.get();
            kept.add(release);
            replaced = release.manifest().publishedAt();
            next = history.previous(release);
        }
        return kept;
    }

    /** The longest that a contract of the newest release asks for. */
    private static Duration retention(History history) {
        return ProductContracts.compile(Descriptors.load(history.latest().manifest(), history.objects()))
                .tables()
                .stream()
                .flatMap(table -> table.rules().stream())
                .filter(rule -> rule instanceof Rule.ServiceLevel level && level.isOfReleases())
                .map(rule -> ((Rule.ServiceLevel) rule).limit())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
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
        History.of(product, lakehouse).map(this::kept).orElse(List.of()).stream()
                .flatMap(release -> release.manifest().inputs().stream())
                .flatMap(input -> input.evidence().queried().stream())
                .flatMap(query -> query.tables().stream())
                .map(QueryEvidence.TableRead::snapshotId)
                .forEach(snapshots::add);
    }
}
