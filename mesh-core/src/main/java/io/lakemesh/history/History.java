package io.lakemesh.history;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.ProductState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The releases and runs of one published product. Immutable: it stays at the state in which it was opened. */
public final class History {
    private final ProductState state;
    private final Lakehouse lakehouse;
    private final Releases releases;
    private final Map<String, Set<Long>> readable = new ConcurrentHashMap<>();

    private History(ProductState state, Lakehouse lakehouse) {
        this.state = state;
        this.lakehouse = lakehouse;
        this.releases = new Releases(state.address(), lakehouse.blobs());
    }

    /** The history as of now; empty if nothing was ever published under this address. */
    public static Optional<History> of(ProductAddress address, Lakehouse lakehouse) {
        return lakehouse.find(address).map(state -> new History(state, lakehouse));
    }

    ProductState state() {
        return state;
    }

    /** The documents that the releases rest on. */
    public ObjectStore objects() {
        return releases.objects();
    }

    /** Adds a release that was just made to the index. */
    Manifest index(String digest) {
        Manifest manifest = releases.manifest(digest);
        releases.index(manifest, digest);
        return manifest;
    }

    /** The newest release. */
    public Release latest() {
        return release(state.manifest());
    }

    /** Every release, newest first. */
    public List<Release> all() {
        List<Release> all = new ArrayList<>();
        Optional<Release> next = Optional.of(latest());
        while (next.isPresent()) {
            all.add(next.get());
            next = previous(next.get());
        }
        return all;
    }

    /** Every run of the log, oldest first; refused ones too. */
    public List<RunRecord> runs() {
        releases.heal(state.manifest());
        return releases.runs();
    }

    public Optional<RunRecord> run(String runId) {
        releases.heal(state.manifest());
        return releases.run(runId);
    }

    /** The quality report of a release; empty for a rollback. */
    public Optional<QualityReport> report(Release release) {
        return release.manifest().reportDigest().map(releases::report);
    }

    public QualityReport report(String digest) {
        return releases.report(digest);
    }

    /**
     * The release that somebody names.
     *
     * @throws InvalidInputException if there is none, saying which there are
     */
    public Release find(ReleaseRef ref) {
        Optional<Release> found = Optional.empty();
        if (ref instanceof ReleaseRef.Latest) {
            found = Optional.of(latest());
        } else if (ref instanceof ReleaseRef.Numbered numbered) {
            found = releases.find(numbered.release(), state.manifest()).map(this::release);
        } else {
            found = newest(ref);
        }
        return found.filter(release -> release.number() <= state.release()).orElseThrow(() -> unknown(ref));
    }

    /**
     * The release that somebody names, if its rows can still be read.
     *
     * @throws InvalidInputException if there is none, or it has expired
     */
    public Release findReadable(ReleaseRef ref) {
        Release found = find(ref);
        requireReadable(found);
        return found;
    }

    /**
     * The tables of a release whose rows can still be read; of the newest without the files. These the commit itself names that
     * made it the newest, so that its manifest, which has a line for every file, is left to whoever verifies.
     *
     * @throws InvalidInputException as {@link #findReadable}
     */
    public List<TableVersion> readableTables(ReleaseRef ref) {
        return ref instanceof ReleaseRef.Latest
                ? state.tables()
                : findReadable(ref).manifest().tables();
    }

    /** The number of the release that somebody names. */
    public long number(ReleaseRef ref) {
        return ref instanceof ReleaseRef.Latest ? state.release() : find(ref).number();
    }

    void requireReadable(Release release) {
        if (hasExpired(release)) {
            throw new InvalidInputException("Cannot read release " + release.number() + " of " + state.address()
                    + ": it has expired; its manifest and report remain (mesh history)");
        }
    }

    /** Whether a release's rows are gone. Those of the newest never are. */
    public boolean hasExpired(Release release) {
        return release.number() < state.release()
                && release.manifest().tables().stream()
                        .anyMatch(table -> !readable(table).contains(release.number()));
    }

    /** The numbers of the releases whose rows are gone. */
    public Set<Long> expired() {
        return all().stream().filter(this::hasExpired).map(Release::number).collect(Collectors.toSet());
    }

    private Set<Long> readable(TableVersion version) {
        return readable.computeIfAbsent(version.uuid(), uuid -> lakehouse.releases(version));
    }

    InvalidInputException unknown(ReleaseRef ref) {
        return new InvalidInputException(
                "Cannot find release " + ref + " of " + state.address() + ": its releases are 1 to " + state.release());
    }

    private Optional<Release> newest(ReleaseRef ref) {
        Optional<Release> next = Optional.of(latest());
        while (next.isPresent() && !matches(ref, next.get())) {
            next = previous(next.get());
        }
        return next;
    }

    /** Whether a name fits a release; the newest one that it fits is meant. */
    static boolean matches(ReleaseRef ref, Release release) {
        Manifest manifest = release.manifest();
        if (ref instanceof ReleaseRef.Numbered numbered) {
            return numbered.release() == release.number();
        }
        if (ref instanceof ReleaseRef.AsOf asOf) {
            return !manifest.publishedAt().isAfter(asOf.time());
        }
        return !(ref instanceof ReleaseRef.Snapshot snapshot)
                || manifest.tables().stream().anyMatch(table -> table.snapshotId() == snapshot.id());
    }

    Release release(String digest) {
        return new Release(digest, releases.manifest(digest));
    }

    /** The release before; empty for the first. */
    public Optional<Release> previous(Release release) {
        return release.manifest().previousDigest().map(this::release);
    }
}
