package io.lakemesh.provenance;

import io.lakemesh.check.RowCounts;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The releases and runs of one product, as kept beside its tables. The chain of manifests is the truth; the index by number and
 * by run id is a hint that {@link #heal} completes, so that a look-up costs one read and not a walk.
 */
public final class Releases {
    private static final String PRODUCTS = "products/";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final ProductAddress address;
    private final BlobStore blobs;
    private final ObjectStore objects;
    private final String folder;

    public Releases(ProductAddress address, BlobStore blobs) {
        this.address = address;
        this.blobs = blobs;
        this.objects = new ObjectStore(blobs);
        this.folder = PRODUCTS + key(address);
    }

    /** A path element for a product: readable, and unique whatever its name holds. */
    static String key(ProductAddress address) {
        String readable = (address.domain() + "." + address.name())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]", "_");
        return readable.substring(0, Math.min(readable.length(), 80)) + "-"
                + Digests.of(List.of(address.domain(), address.name())).substring(0, 12);
    }

    /** Writes the index entries that a broken-off run left out, from the newest release back to the first that is indexed. */
    public void heal(String headManifest) {
        Optional<String> next = Optional.of(headManifest);
        while (next.isPresent()) {
            String digest = next.get();
            Manifest manifest = manifest(digest);
            if (indexed(manifest.release()).filter(digest::equals).isPresent()) {
                return;
            }
            index(manifest, digest);
            next = manifest.previousDigest();
        }
    }

    /** Adds a release to the index, and its run to the log unless it is there. */
    public void index(Manifest manifest, String digest) {
        if (logged(manifest, digest).isEmpty()) {
            record(rebuilt(manifest, digest));
        }
        blobs.put(indexPath(manifest.release()), digest.getBytes(StandardCharsets.UTF_8));
    }

    /** The run that made a release: as the log has it, or as far as the manifest tells. */
    public RunRecord run(Manifest manifest, String digest) {
        return logged(manifest, digest).orElseGet(() -> rebuilt(manifest, digest));
    }

    private Optional<RunRecord> logged(Manifest manifest, String digest) {
        return run(manifest.runId()).filter(run -> digest.equals(run.manifest()));
    }

    private RunRecord rebuilt(Manifest manifest, String digest) {
        RowCounts rows =
                manifest.reportDigest().map(report -> report(report).rows()).orElse(RowCounts.ZERO);
        return new RunRecord(
                address,
                manifest.runId(),
                RunRecord.Outcome.PUBLISHED,
                null,
                manifest.publishedAt(),
                manifest.mode(),
                manifest.release(),
                digest,
                manifest.report(),
                rows,
                manifest.inputs(),
                manifest.quarantine(),
                null);
    }

    /** The manifest with a digest. */
    public Manifest manifest(String digest) {
        Manifest manifest = Manifest.of(objects.get(digest));
        if (!manifest.address().equals(address)) {
            throw new IntegrityException("Invalid manifest " + objects.location(digest) + ": it is of "
                    + manifest.address() + ", not of " + address);
        }
        return manifest;
    }

    public QualityReport report(String digest) {
        return QualityReport.of(objects.get(digest));
    }

    public Node.Mapping descriptor(String digest) {
        return objects.get(digest);
    }

    public ObjectStore objects() {
        return objects;
    }

    /** The digest of a release's manifest, found from the newest one's; empty if there is no such release. */
    public Optional<String> find(long release, String headManifest) {
        Optional<String> hint = indexed(release).filter(digest -> isRelease(release, digest));
        return hint.isPresent() ? hint : walk(release, headManifest);
    }

    private boolean isRelease(long release, String digest) {
        try {
            return manifest(digest).release() == release;
        } catch (IntegrityException e) {
            return false;
        }
    }

    private Optional<String> walk(long release, String headManifest) {
        Optional<String> next = Optional.of(headManifest);
        while (next.isPresent()) {
            Manifest manifest = manifest(next.get());
            if (manifest.release() == release) {
                return next;
            }
            next = manifest.release() < release ? Optional.empty() : manifest.previousDigest();
        }
        return Optional.empty();
    }

    /** The chain of manifests, newest first. */
    public List<Manifest> chain(String headManifest) {
        List<Manifest> chain = new ArrayList<>();
        Optional<String> next = Optional.of(headManifest);
        while (next.isPresent()) {
            Manifest manifest = manifest(next.get());
            chain.add(manifest);
            next = manifest.previousDigest();
        }
        return chain;
    }

    /** Keeps what became of a run, in place of what is there under its id. A refused one is told to the stewards' tables, too. */
    public void record(RunRecord run) {
        if (run.outcome() == RunRecord.Outcome.REFUSED) {
            new RefusedRuns(blobs).add(run);
        }
        blobs.put(runPath(run.runId()), ObjectStore.bytes(run.toNode()));
    }

    public Optional<RunRecord> run(String runId) {
        return RunRecord.read(runPath(runId), blobs);
    }

    /** Every run, oldest first. */
    public List<RunRecord> runs() {
        return blobs.list(folder + "/runs/").stream()
                .flatMap(path -> RunRecord.read(path, blobs).stream())
                .sorted(java.util.Comparator.comparing(RunRecord::finishedAt).thenComparing(RunRecord::runId))
                .toList();
    }

    /** Keeps what an erasure did, in place of what is there under its reference; never part of what a release rests on. */
    public void recordErasure(String reference, Node.Mapping receipt) {
        blobs.put(erasurePath(reference), ObjectStore.bytes(receipt));
    }

    /** The receipt of an erasure. */
    public Optional<Node.Mapping> erasure(String reference) {
        String path = erasurePath(reference);
        return blobs.get(path).map(bytes -> ObjectStore.read(blobs.location(path), bytes));
    }

    private String erasurePath(String reference) {
        return folder + "/erasures/" + Digests.of(List.of(reference)) + ".json";
    }

    private Optional<String> indexed(long release) {
        return blobs.get(indexPath(release))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(digest -> DIGEST.matcher(digest).matches());
    }

    private String indexPath(long release) {
        return String.format(Locale.ROOT, "%s/releases/%012d", folder, release);
    }

    /** The paths of every product's log of runs. */
    static List<String> logs(BlobStore blobs) {
        return blobs.list(PRODUCTS).stream()
                .filter(path -> path.contains("/runs/"))
                .toList();
    }

    private String runPath(String runId) {
        return folder + "/runs/" + Digests.of(List.of(runId)) + ".json";
    }
}
