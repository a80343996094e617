package io.lakemesh.history;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.MeshException;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    public Verifier(Lakehouse lakehouse, History history) {
        this.lakehouse = lakehouse;
        this.history = history;
    }

    /** Verifies a release and everything that it rests on. */
    public Verification verify(ReleaseRef ref) {
        Release release = history.find(ref);
        try {
            collectChain(release);
            verifyFiles(release);
            if (findings.isEmpty()) {
                findings.addAll(new Recomputation(lakehouse, history).of(release));
            }
        } catch (IntegrityException e) {
            findings.add(new Finding(history.objects().location(release.digest()), String.valueOf(e.getMessage())));
        }
        return new Verification(
                release.manifest().address(), release.number(), findings, List.copyOf(covered.values()));
    }

    /** Reading a document checks its digest; what the manifests say of files is kept for the files' turn. */
    private void collectChain(Release release) {
        Optional<Release> next = Optional.of(release);
        while (next.isPresent()) {
            Manifest manifest = next.get().manifest();
            coverDocument(FileEvidence.Kind.PROVENANCE, next.get().digest());
            manifest.descriptors().values().forEach(digest -> coverDocument(FileEvidence.Kind.PROVENANCE, digest));
            manifest.reportDigest().ifPresent(digest -> coverDocument(FileEvidence.Kind.REPORT, digest));
            manifest.tables().forEach(this::remember);
            for (TableVersion quarantine : manifest.quarantine()) {
                remember(quarantine);
                quarantine.files().forEach(this::cover);
            }
            next = history.previous(next.get());
        }
    }

    private void remember(TableVersion version) {
        version.files().forEach(file -> known.putIfAbsent(file.location(), file));
    }

    private void coverDocument(FileEvidence.Kind kind, String digest) {
        String location = history.objects().location(digest);
        if (!covered.containsKey(location)) {
            try {
                history.objects().get(digest);
            } catch (IntegrityException e) {
                findings.add(new Finding(location, String.valueOf(e.getMessage())));
            }
            long bytes = history.objects().size(digest);
            covered.put(location, new FileEvidence(kind, location, bytes, digest));
        }
    }

    private void verifyFiles(Release release) {
        for (TableVersion table : release.manifest().tables()) {
            for (FileEvidence file : live(table)) {
                FileEvidence evidence = known.get(file.location());
                if (evidence == null) {
                    findings.add(new Finding(file.location(), "no manifest of the product vouches for it"));
                } else {
                    cover(evidence);
                }
            }
        }
    }

    /** The files of a table, or, where its own metadata is too damaged to list them, all that the manifests know. */
    private List<FileEvidence> live(TableVersion table) {
        try {
            return lakehouse.files(table);
        } catch (MeshException e) {
            findings.add(new Finding(
                    table.table().toString(), "its files cannot be listed: " + String.valueOf(e.getMessage())));
            return List.copyOf(known.values());
        }
    }

    private void cover(FileEvidence file) {
        if (covered.putIfAbsent(file.location(), file) == null) {
            Optional<String> digest = lakehouse.digest(file.location());
            if (digest.isEmpty()) {
                findings.add(new Finding(file.location(), "it is missing"));
            } else if (!digest.get().equals(file.sha256())) {
                findings.add(new Finding(
                        file.location(), "it was changed: its SHA-256 is " + digest.get() + ", not " + file.sha256()));
            }
        }
    }
}
