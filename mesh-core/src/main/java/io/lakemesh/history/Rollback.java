package io.lakemesh.history;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.provenance.Digests;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Publication;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.Published;
import io.lakemesh.run.Witness;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Makes releases that point back to earlier ones. */
public record Rollback(Lakehouse lakehouse, Clock clock, String identity, Witness witness) {
    public Rollback(Lakehouse lakehouse, Clock clock, String identity) {
        this(lakehouse, clock, identity, Witness.NONE);
    }

    /**
     * Points every table of a release back to what it was then. The new release has the next number; nothing is removed.
     *
     * @throws io.lakemesh.error.ConflictException if somebody published meanwhile
     */
    public PublishResult to(ReleaseRef ref, History history) {
        Release target = history.findReadable(ref);
        Release latest = history.latest();
        if (pointsTo(latest, target)) {
            return result(latest.manifest(), latest.digest(), PublishResult.Outcome.UNCHANGED, history);
        }
        String runId = Digests.of(List.of(latest.digest(), "rollback", target.digest()))
                .substring(0, 32);
        Publication publication = new Publication(
                target.manifest().address(),
                target.manifest().productId(),
                history.state(),
                latest.number() + 1,
                runId,
                target.manifest().tables().stream()
                        .map(version -> (Publication.Change) new Publication.Change.PointBack(version))
                        .toList(),
                (release, versions) -> ObjectStore.bytes(
                        manifest(runId, release, versions, latest, target).toNode()));
        witness.publishes(publication);
        Published published = lakehouse.publish(publication);
        Manifest manifest = history.index(published.manifest());
        return result(manifest, published.manifest(), PublishResult.Outcome.PUBLISHED, history);
    }

    private static boolean pointsTo(Release latest, Release target) {
        return latest.number() == target.number()
                || Objects.equals(latest.manifest().restores(), target.number());
    }

    private Manifest manifest(String runId, long release, List<TableVersion> versions, Release latest, Release target) {
        return new Manifest(
                target.manifest().address(),
                target.manifest().productId(),
                release,
                runId,
                Manifest.Kind.ROLLBACK,
                Manifest.Kind.ROLLBACK.toString(),
                clock.instant(),
                identity,
                versions,
                List.of(),
                List.of(),
                target.manifest().descriptors(),
                null,
                latest.digest(),
                target.number());
    }

    private static PublishResult result(
            Manifest manifest, String digest, PublishResult.Outcome outcome, History history) {
        ProductContract contract = ProductContracts.compile(Descriptors.load(manifest, history.objects()));
        return new PublishResult(
                manifest.address(),
                manifest.runId(),
                outcome,
                manifest.release(),
                digest,
                new QualityReport(manifest.runId(), List.of()),
                manifest.tables().stream()
                        .map(version -> PublishResult.Port.of(version, contract))
                        .toList(),
                List.of());
    }
}
