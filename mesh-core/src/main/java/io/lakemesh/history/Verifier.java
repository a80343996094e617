package io.lakemesh.history;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.MeshException;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recomputes what a release claims: every digest in the chain of manifests behind it, every file of its tables, the row counts and
 * the checks. Not thread-safe.
 */
public final class Verifier {
    private final Lakehouse lakehouse;
    private final History history;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, FileEvidence> known = new LinkedHashMap<>();
    private final Map<String, FileEvidence> covered = new LinkedHashMap<>();
    private final Map<String, TableVersion> tables = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Erased erased = new Erased();

    public Verifier(Lakehouse lakehouse, History history) {
        this.lakehouse = lakehouse;
        this.history = history;
    }

    /**
     * Verifies a release and everything that it rests on.
     *
     * @throws io.lakemesh.error.InvalidInputException if there is no such release, or it has expired
     */
    public Verification verify(ReleaseRef ref) {
        List<Release> chain = chain();
        int wanted = 0;
        while (wanted < chain.size() && !History.matches(ref, chain.get(wanted))) {
            wanted++;
        }
        if (wanted == chain.size()) {
            if (findings.isEmpty()) {
                throw history.unknown(ref);
            }
            return verification(0);
        }
        history.requireReadable(chain.get(wanted));
        verify(chain.get(wanted), chain.subList(wanted, chain.size()));
        return verification(chain.get(wanted).number());
    }

    private Verification verification(long release) {
        return new Verification(history.state().address(), release, findings, List.copyOf(covered.values()));
    }

    private void verify(Release release, List<Release> chain) {
        boolean whole = findings.isEmpty();
        chain.forEach(this::collect);
        boolean told = followAmendments();
        chain.forEach(
                past -> past.manifest().quarantine().forEach(set -> set.files().forEach(this::coverUnlessRemoved)));
        for (TableVersion table : release.manifest().tables()) {
            verifyFiles(table, whole && told);
            verifyCurrent(table, release);
        }
        if (findings.isEmpty()) {
            recompute(release);
        }
    }

    private void recompute(Release release) {
        try {
            findings.addAll(new Recomputation(lakehouse, history, erased).of(release));
        } catch (MeshException e) {
            findings.add(new Finding("release " + release.number(), "it cannot be recomputed: " + e.getMessage()));
        }
    }

    /** The releases from the newest to the first, or to one whose manifest is damaged. */
    private List<Release> chain() {
        List<Release> chain = new ArrayList<>();
        Optional<String> next = Optional.of(history.state().manifest());
        while (next.isPresent() && coverDocument(FileEvidence.Kind.PROVENANCE, next.get())) {
            Release release = history.release(next.get());
            chain.add(release);
            next = release.manifest().previousDigest();
        }
        return chain;
    }

    /** What the manifests say of files is kept for the files' turn. */
    private void collect(Release release) {
        Manifest manifest = release.manifest();
        manifest.descriptors().values().forEach(digest -> coverDocument(FileEvidence.Kind.PROVENANCE, digest));
        manifest.reportDigest().ifPresent(digest -> coverDocument(FileEvidence.Kind.REPORT, digest));
        manifest.tables().forEach(this::remember);
        manifest.quarantine().forEach(this::remember);
    }

    /** What maintenance removed and added, table by table; whether every amendment is as it was written. */
    private boolean followAmendments() {
        int before = findings.size();
        tables.values().forEach(table -> amended(table).ifPresent(this::follow));
        return findings.size() == before;
    }

    private Optional<String> amended(TableVersion table) {
        try {
            return lakehouse.amended(table);
        } catch (MeshException e) {
            findings.add(new Finding(
                    table.table().toString(), "its amendments cannot be found: " + String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private void follow(String newest) {
        Optional<String> next = Optional.of(newest);
        while (next.isPresent() && coverDocument(FileEvidence.Kind.PROVENANCE, next.get())) {
            Amendment amendment = Amendment.of(history.objects().get(next.get()));
            erased.add(amendment);
            amendment.removed().forEach(file -> removed.add(file.location()));
            amendment.added().forEach(file -> known.putIfAbsent(file.location(), file));
            next = amendment.previousDigest();
        }
    }

    private void coverUnlessRemoved(FileEvidence file) {
        if (!removed.contains(file.location())) {
            cover(file);
        }
    }

    private void remember(TableVersion version) {
        tables.putIfAbsent(version.uuid(), version);
        version.files().forEach(file -> known.putIfAbsent(file.location(), file));
    }

    /** Whether a document is as it was written. */
    private boolean coverDocument(FileEvidence.Kind kind, String digest) {
        String location = history.objects().location(digest);
        if (!covered.containsKey(location)) {
            covered.put(
                    location, new FileEvidence(kind, location, history.objects().size(digest), digest));
            try {
                history.objects().get(digest);
            } catch (IntegrityException e) {
                findings.add(new Finding(location, String.valueOf(e.getMessage())));
            }
        }
        return findings.stream().noneMatch(finding -> finding.subject().equals(location));
    }

    private void verifyFiles(TableVersion table, boolean whole) {
        List<FileEvidence> live = live(table);
        if (whole) {
            table.files().forEach(this::coverUnlessRemoved);
        }
        for (FileEvidence file : live) {
            FileEvidence evidence = known.get(file.location());
            if (evidence != null) {
                cover(evidence);
            } else if (whole) {
                findings.add(new Finding(file.location(), "no manifest of the product vouches for it"));
            }
        }
    }

    /** The files of a table, or, where its own metadata is too damaged to list them, all that the manifests know. */
    private List<FileEvidence> live(TableVersion table) {
        if (isListable()) {
            try {
                return lakehouse.files(table);
            } catch (MeshException e) {
                findings.add(new Finding(
                        table.table().toString(), "its files cannot be listed: " + String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(known.values());
    }

    /** Metadata is only read once its bytes are known to be right: damaged metadata says anything. */
    private boolean isListable() {
        int before = findings.size();
        for (FileEvidence file : known.values()) {
            if (isMetadata(file) && wasChanged(file)) {
                cover(file);
            }
        }
        return findings.size() == before;
    }

    /** Not missing: metadata of older releases may have expired. */
    private boolean wasChanged(FileEvidence file) {
        return digest(file).filter(found -> !found.equals(file.sha256())).isPresent();
    }

    private static boolean isMetadata(FileEvidence file) {
        return file.kind() == FileEvidence.Kind.MANIFEST || file.kind() == FileEvidence.Kind.MANIFEST_LIST;
    }

    private void verifyCurrent(TableVersion table, Release release) {
        boolean stray = !lakehouse.currentSnapshot(table).equals(Optional.of(table.snapshotId()));
        // asked last: whoever published meanwhile is no stray
        if (stray && isLatest(release)) {
            findings.add(new Finding(
                    table.table().toString(),
                    "readers of the table get a snapshot that no release made; the release's is "
                            + table.snapshotId()));
        }
    }

    private boolean isLatest(Release release) {
        return lakehouse
                .find(history.state().address())
                .filter(state -> state.manifest().equals(release.digest()))
                .isPresent();
    }

    private void cover(FileEvidence file) {
        if (covered.putIfAbsent(file.location(), file) == null) {
            Optional<String> digest = digest(file);
            if (digest.isEmpty()) {
                findings.add(new Finding(file.location(), "it is missing or cannot be read"));
            } else if (!digest.get().equals(file.sha256())) {
                findings.add(new Finding(
                        file.location(), "it was changed: its SHA-256 is " + digest.get() + ", not " + file.sha256()));
            }
        }
    }

    private Optional<String> digest(FileEvidence file) {
        try {
            return lakehouse.digest(file.location());
        } catch (MeshException e) {
            return Optional.empty();
        }
    }
}
