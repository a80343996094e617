package io.lakemesh.steward;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.RefusedRuns;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.Deadline;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.ProductState;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the stewards' tables up to date: each release, run and check has its rows exactly once, wherever a sync was broken off and
 * however many run at once. Each table's position goes with its rows, in one commit upon the table that the position was read
 * from. Releases come from the chain of manifests; refused runs from where they wait, and for a new table from the log.
 * Not thread-safe.
 */
public final class Sync {
    /** Runs in one commit, so that memory is bounded. */
    private static final int MOST = 500;

    private final Lakehouse lakehouse;
    private final Clock clock;
    private final int most;
    private final RefusedRuns refused;
    private final Map<String, Long> rows = new LinkedHashMap<>();

    /** What is damaged, by product or run, and why it was left out. */
    private final Map<String, String> left = new LinkedHashMap<>();

    public Sync(Lakehouse lakehouse, Clock clock) {
        this(lakehouse, clock, MOST);
    }

    Sync(Lakehouse lakehouse, Clock clock, int most) {
        this.lakehouse = lakehouse;
        this.clock = clock;
        this.most = most;
        this.refused = new RefusedRuns(lakehouse.blobs());
    }

    /**
     * Does it, to the end.
     *
     * @throws ConflictException if others are quicker all the time
     */
    public SyncResult run() {
        StewardTable.ALL.forEach(table -> rows.put(table.definition().name().toString(), 0L));
        List<ProductState> products = products();
        Deadline deadline = Deadline.start(clock);
        while (true) {
            List<Copy> tables = StewardTable.ALL.stream()
                    .map(table -> Copy.open(table, lakehouse))
                    .toList();
            // only now: what waits after a table was opened is what its position must remember
            Set<String> waiting = new LinkedHashSet<>(refused.waiting());
            List<EndedRun> runs = next(products, tables, waiting);
            if (runs.isEmpty()) {
                return new SyncResult(rows, List.copyOf(left.values()));
            }
            if (add(tables, runs, waiting)) {
                deadline = Deadline.start(clock);
            } else if (!deadline.pause()) {
                throw deadline.exceeded(
                        new ConflictException("Cannot sync the stewards' tables: others write them all the time"));
            }
        }
    }

    private List<ProductState> products() {
        List<ProductState> products = new ArrayList<>();
        for (ProductAddress address : lakehouse.products()) {
            orLeave(address.toString(), () -> lakehouse.find(address).ifPresent(products::add));
        }
        return products;
    }

    /** What is damaged must not keep the rest from the tables. */
    private void orLeave(String subject, Runnable action) {
        try {
            action.run();
        } catch (IntegrityException e) {
            left.put(subject, subject + ": " + e.getMessage());
        }
    }

    private boolean add(List<Copy> tables, List<EndedRun> runs, Set<String> waiting) {
        boolean all = true;
        for (Copy table : tables) {
            long added = table.add(runs, waiting);
            all &= added >= 0;
            rows.merge(table.table().definition().name().toString(), Math.max(added, 0), Long::sum);
        }
        return all;
    }

    /** What some table lacks. */
    private List<EndedRun> next(List<ProductState> products, List<Copy> tables, Set<String> waiting) {
        Map<String, EndedRun> found = new LinkedHashMap<>();
        if (tables.stream().anyMatch(Copy::needsLogs)) {
            logged().forEach((id, run) -> addRefused(id, run, found));
        }
        for (String id : waiting) {
            if (tables.stream().allMatch(table -> table.hasRefused(id))) {
                refused.remove(id);
            } else if (found.size() < most && !left.containsKey(id)) {
                orLeave(id, () -> refused.find(id).ifPresent(run -> addRefused(id, run, found)));
            }
        }
        for (ProductState product : products) {
            String name = product.address().toString();
            long from = tables.stream()
                    .mapToLong(table -> table.position().release(name))
                    .min()
                    .orElseThrow();
            long to = Math.min(product.release(), from + most - found.size());
            if (to > from && !left.containsKey(name)) {
                orLeave(name, () -> releases(product, from + 1, to).forEach(run -> found.put(run.id(), run)));
            }
        }
        return List.copyOf(found.values());
    }

    private Map<String, RunRecord> logged() {
        return refused.logged(damaged -> {
            String message = String.valueOf(damaged.getMessage());
            left.put(message, message);
        });
    }

    private void addRefused(String id, RunRecord run, Map<String, EndedRun> found) {
        if (!found.containsKey(id)) {
            orLeave(id, () -> found.put(id, ended(id, new Releases(run.address(), lakehouse.blobs()), run)));
        }
    }

    private static EndedRun ended(String id, Releases releases, RunRecord run) {
        return new EndedRun(
                id, run, null, releases.report(Objects.requireNonNull(run.report(), "report of a refused run")));
    }

    /** Some releases, in ascending order. */
    private Deque<EndedRun> releases(ProductState product, long from, long to) {
        Releases releases = new Releases(product.address(), lakehouse.blobs());
        Optional<String> next =
                to == product.release() ? Optional.of(product.manifest()) : releases.find(to, product.manifest());
        Deque<EndedRun> found = new ArrayDeque<>();
        while (found.size() <= to - from) {
            String digest = next.orElseThrow(
                    () -> new IntegrityException("Cannot find the manifest of release " + (to - found.size())));
            Manifest manifest = releases.manifest(digest);
            found.addFirst(new EndedRun(
                    digest,
                    releases.run(manifest, digest),
                    manifest,
                    manifest.reportDigest().map(releases::report).orElse(null)));
            next = manifest.previousDigest();
        }
        return found;
    }
}
