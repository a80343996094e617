package io.lakemesh.run;

import io.lakemesh.check.CheckContext;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problems;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.protect.Protectors;
import io.lakemesh.provenance.Digests;
import io.lakemesh.provenance.Input;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.spill.Spill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One execution of a run, from the first row to its outcome. Not thread-safe. */
final class Attempt implements AutoCloseable {
    private final Runner runner;
    private final RunRequest request;
    private final Releases releases;
    private final Instant started;
    private final List<TableRun> tables = new ArrayList<>();
    private Protectors protectors = Protectors.NONE;
    private Base base;

    Attempt(Runner runner, RunRequest request) {
        this.runner = runner;
        this.request = request;
        this.started = runner.clock().instant();
        this.releases =
                new Releases(request.contract().address(), runner.lakehouse().blobs());
        this.base = Base.of(request.contract(), runner.lakehouse(), releases);
    }

    /** What a run id published before. */
    Optional<PublishResult> published(String runId) {
        return releases.run(runId)
                .filter(run -> run.outcome() == RunRecord.Outcome.PUBLISHED)
                .map(this::unchanged);
    }

    private PublishResult unchanged(RunRecord run) {
        if (request.resolves() != null && run.resolves() == null) {
            // no manifest tells what a run resolves: a record that was rebuilt from one has lost it
            releases.record(run.resolving(request.resolves()));
        }
        String digest = java.util.Objects.requireNonNull(run.manifest());
        Manifest manifest = releases.manifest(digest);
        QualityReport report = manifest.reportDigest()
                .map(releases::report)
                .orElseGet(() -> new QualityReport(run.runId(), List.of()));
        return result(
                run.runId(), PublishResult.Outcome.UNCHANGED, report, manifest.release(), digest, manifest.tables());
    }

    PublishResult check(Progress progress) {
        require();
        try {
            String attempt = UUID.randomUUID().toString();
            read(
                    progress,
                    contract -> TableRun.checking(
                            contract, runner.lakehouse(), attempt, request.mode(), context(), undeclared(contract)));
            return checked(runId());
        } finally {
            discard();
        }
    }

    private PublishResult checked(String runId) {
        QualityReport report = judge(runId);
        return result(
                runId,
                Judge.refuses(report) ? PublishResult.Outcome.REFUSED : PublishResult.Outcome.PASSED,
                report,
                null,
                null,
                List.of());
    }

    private void require() {
        RequestGate.require(request, runner.lakehouse(), releases);
        ContractGate.require(request.contract(), base, releases.objects());
        protectors = Protectors.of(request.contract(), runner.keys());
    }

    PublishResult publish(Progress progress) {
        require();
        stage(progress);
        String runId = runId();
        // others may have published while the rows were read, this very run among them
        Optional<PublishResult> earlier = rebase(runId);
        if (earlier.isPresent()) {
            discard();
            return earlier.get();
        }
        return commit(runId);
    }

    private void stage(Progress progress) {
        String attempt = UUID.randomUUID().toString();
        try {
            read(
                    progress,
                    contract ->
                            TableRun.staging(contract, runner.lakehouse(), attempt, context(), undeclared(contract)));
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    private void read(Progress progress, Function<TableContract, TableRun> starter) {
        for (TableContract contract : request.contract().tables()) {
            request.sources(contract).ifPresent(sources -> {
                TableRun table = starter.apply(contract);
                tables.add(table);
                table.read(sources, progress);
            });
        }
        requireDeclared();
    }

    private UndeclaredColumns undeclared(TableContract table) {
        return new UndeclaredColumns(request.contract(), table, request.policy());
    }

    /** Before anything is committed, the rows that were set aside included. */
    private void requireDeclared() {
        Problems problems = new Problems();
        tables.forEach(table -> problems.addAll(table.undeclared()));
        problems.throwIfErrors();
    }

    private CheckContext context() {
        ReleaseHistory history = new ReleaseHistory(releases, base.lastManifest());
        return new CheckContext(
                Spill.temporaryFolder(),
                CheckContext.DEFAULT_MEMORY,
                runner.clock().instant(),
                history.lastRelease().orElse(null),
                history,
                runner.engines(),
                protectors);
    }

    /** The caller's run id, or the digest of product, contracts, inputs and mode. */
    private String runId() {
        return request.givenRunId().orElseGet(this::derivedRunId);
    }

    private String derivedRunId() {
        List<String> parts = new ArrayList<>();
        parts.add(request.contract().productId());
        parts.add(request.mode().toString());
        Descriptors.digests(request.contract().descriptor()).forEach((name, digest) -> {
            parts.add(name);
            parts.add(digest);
        });
        for (Input input : inputs()) {
            parts.add(input.object());
            parts.add(input.evidence().sha256());
        }
        return Digests.of(parts).substring(0, 32);
    }

    private List<Input> inputs() {
        return tables.stream().flatMap(table -> table.inputs().stream()).toList();
    }

    private QualityReport judge(String runId) {
        return new Judge(runner.lakehouse(), request.mode(), base).judge(runId, tables);
    }

    private QualityReport judgeStaged(String runId) {
        try {
            return judge(runId);
        } catch (InvalidInputException e) {
            tables.forEach(TableRun::discardStaged);
            throw e;
        }
    }

    private PublishResult commit(String runId) {
        Deadline deadline = Deadline.start(runner.clock());
        List<TableVersion> quarantined = tables.stream()
                .flatMap(table -> table.commitQuarantine(runId, deadline).stream())
                .toList();
        while (true) {
            try {
                QualityReport report = judgeStaged(runId);
                return Judge.refuses(report)
                        ? refuse(runId, report, quarantined)
                        : publish(runId, report, quarantined, deadline);
            } catch (ConflictException e) {
                boolean again = deadline.pause();
                Optional<PublishResult> earlier = rebase(runId);
                if (earlier.isPresent()) {
                    // whether its files are ours, rolled forward by somebody else, or another's: they stay
                    return earlier.get();
                }
                requireNextTry(again ? null : deadline.exceeded(e));
            }
        }
    }

    /** Takes what others published as the new base; gives this very run, if it is among that. */
    private Optional<PublishResult> rebase(String runId) {
        base = Base.of(request.contract(), runner.lakehouse(), releases);
        return published(runId);
    }

    /** Only called when it is certain that no table has the staged files. */
    private void requireNextTry(@Nullable ConflictException end) {
        try {
            ContractGate.require(request.contract(), base, releases.objects());
            if (end != null) {
                throw end;
            }
        } catch (InvalidInputException | ConflictException e) {
            tables.forEach(TableRun::discardStaged);
            throw e;
        }
    }

    private PublishResult publish(
            String runId, QualityReport report, List<TableVersion> quarantined, Deadline deadline) {
        ObjectStore objects = releases.objects();
        String reportDigest = objects.put(report.toNode());
        Map<String, String> descriptors = Descriptors.store(request.contract().descriptor(), objects);
        Published published = release(new Publication(
                request.contract().address(),
                request.contract().productId(),
                base.state(),
                base.nextRelease(),
                runId,
                changes(),
                (release, versions) -> {
                    requireTime(deadline, runId);
                    return ObjectStore.bytes(manifest(runId, release, versions, quarantined, descriptors, reportDigest)
                            .toNode());
                }));
        if (published.already()) {
            tables.forEach(TableRun::discardStaged);
            releases.heal(published.manifest());
            return published(runId).orElseThrow();
        }
        record(runId, RunRecord.Outcome.PUBLISHED, report, reportDigest, quarantined, published);
        releases.index(releases.manifest(published.manifest()), published.manifest());
        return result(
                runId,
                PublishResult.Outcome.PUBLISHED,
                report,
                published.release(),
                published.manifest(),
                published.tables());
    }

    /** Comes right before what readers will see. */
    private void requireTime(Deadline deadline, String runId) {
        if (deadline.isOver()) {
            tables.forEach(TableRun::discardStaged);
            throw new UnavailableException("Cannot publish "
                    + request.contract().address() + " within "
                    + Deadline.seconds() + " s: storage or catalog are too slow; nothing was published; run again later"
                    + " with run id " + runId);
        }
    }

    private Published release(Publication publication) {
        try {
            runner.witness().publishes(publication);
        } catch (RuntimeException e) {
            tables.forEach(TableRun::discardStaged);
            throw e;
        }
        try {
            return runner.lakehouse().publish(publication);
        } catch (InvalidInputException e) {
            tables.forEach(TableRun::discardStaged);
            throw e;
        }
    }

    private Manifest manifest(
            String runId,
            long release,
            List<TableVersion> versions,
            List<TableVersion> quarantined,
            Map<String, String> descriptors,
            String report) {
        return new Manifest(
                request.contract().address(),
                request.contract().productId(),
                release,
                runId,
                Manifest.Kind.PUBLISH,
                request.mode().toString(),
                runner.clock().instant(),
                runner.identity(),
                versions,
                quarantined,
                inputs(),
                descriptors,
                report,
                base.state() == null ? null : base.state().manifest(),
                null);
    }

    private List<Publication.Change> changes() {
        List<Publication.Change> changes = new ArrayList<>();
        for (TableContract contract : request.contract().tables()) {
            changes.add(tables.stream()
                    .filter(table -> table.contract().equals(contract))
                    .findFirst()
                    .map(table -> table.write(request.mode()))
                    .orElseGet(() -> new Publication.Change.Keep(contract)));
        }
        return changes;
    }

    private PublishResult refuse(String runId, QualityReport report, List<TableVersion> quarantined) {
        tables.forEach(TableRun::discardStaged);
        String reportDigest = releases.objects().put(report.toNode());
        record(runId, RunRecord.Outcome.REFUSED, report, reportDigest, quarantined, null);
        return result(runId, PublishResult.Outcome.REFUSED, report, null, null, List.of());
    }

    private void record(
            String runId,
            RunRecord.Outcome outcome,
            QualityReport report,
            String reportDigest,
            List<TableVersion> quarantined,
            @Nullable Published published) {
        releases.record(new RunRecord(
                request.contract().address(),
                runId,
                outcome,
                started,
                runner.clock().instant(),
                request.mode().toString(),
                published == null ? null : published.release(),
                published == null ? null : published.manifest(),
                reportDigest,
                report.rows(),
                inputs(),
                quarantined,
                request.resolves()));
    }

    private PublishResult result(
            String runId,
            PublishResult.Outcome outcome,
            QualityReport report,
            @Nullable Long release,
            @Nullable String manifest,
            List<TableVersion> versions) {
        return new PublishResult(
                request.contract().address(),
                runId,
                outcome,
                release,
                manifest,
                report,
                versions.stream()
                        .map(version -> PublishResult.Port.of(version, request.contract()))
                        .toList(),
                tables.stream().flatMap(table -> table.notes().stream()).toList());
    }

    private void discard() {
        tables.forEach(TableRun::discardStaged);
        tables.forEach(TableRun::discardQuarantine);
    }

    @Override
    public void close() {
        tables.forEach(TableRun::close);
    }
}
