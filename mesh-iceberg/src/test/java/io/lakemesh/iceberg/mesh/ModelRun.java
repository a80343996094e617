package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Diff;
import io.lakemesh.history.History;
import io.lakemesh.history.Quarantine;
import io.lakemesh.history.Release;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.run.PublishResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes the steps of a sequence on a lakehouse and on its {@link Model}, and compares the two after each. The steps are taken by
 * two workers in turn, as far as a test has them: each has a mesh of its own, opened on the same lakehouse.
 */
final class ModelRun implements AutoCloseable {
    /** A mesh with its effects and the product by the contract's version. */
    private record Worker(Effects effects, Shop shop, Map<String, Product> products) {}

    private final Path folder;
    private final Function<Effects, MeshConfig> config;
    private final List<String> objects;
    private final boolean partitioned;
    private final Model model;
    final ModelUpkeep upkeep;
    private final Worker[] workers = new Worker[2];
    private final List<ModelStep.Publish> published = new ArrayList<>();
    private int contract;
    private int taken;
    int kills;

    ModelRun(Path folder, Function<Effects, MeshConfig> config, List<String> objects, boolean partitioned) {
        this.folder = folder;
        this.config = config;
        this.objects = objects;
        this.partitioned = partitioned;
        this.model = new Model(objects, partitioned);
        this.upkeep = new ModelUpkeep(model, objects.size() == 1);
        start(0);
        start(1);
    }

    private void start(int worker) {
        Effects effects = new Effects();
        Path home = folder.resolve("worker-" + worker + "-" + taken);
        workers[worker] = new Worker(effects, new Shop(home, config.apply(effects)), new HashMap<>());
    }

    private Worker worker() {
        return workers[taken / 2 % 2];
    }

    private Product product(ModelContract wanted) {
        return worker().products().computeIfAbsent(wanted.version(), version -> {
            Map<String, String> contracts = new HashMap<>();
            objects.forEach(object -> contracts.put(object, wanted.yaml(partitioned)));
            return worker().shop().product(version, contracts);
        });
    }

    private ModelContract contract() {
        return ModelContract.CHAIN.get(contract);
    }

    /** Takes a step and compares. */
    void take(ModelStep step) {
        taken++;
        if (step instanceof ModelStep.Killed killed) {
            take(killed);
        } else if (step instanceof ModelStep.Evolve) {
            contract = Math.min(contract + 1, ModelContract.CHAIN.size() - 1);
        } else if (step instanceof ModelStep.Outdated outdated) {
            refuse(outdated);
        } else if (step instanceof ModelStep.Diff diff) {
            compare(diff);
        } else if (step instanceof ModelStep.Verify verify) {
            verify(verify.release());
        } else if (step instanceof ModelStep.Resumable resumable) {
            upkeep(resumable);
        } else {
            assertThat(real(step)).as("outcome").isEqualTo(expected(step));
        }
        compare();
    }

    /** Takes a step that makes a release or does not, on the lakehouse. */
    private Outcome real(ModelStep step) {
        if (step instanceof ModelStep.Publish publish) {
            published.add(publish);
            return publish(publish);
        }
        if (step instanceof ModelStep.Repeat repeat) {
            return published.isEmpty() ? Outcome.UNCHANGED : publish(earlier(repeat));
        }
        int to = release(((ModelStep.Rollback) step).release());
        return to == 0 ? Outcome.UNCHANGED : rollback(to);
    }

    private Outcome rollback(int to) {
        return isExpired(() -> pointBack(to), to) ? Outcome.UNCHANGED : pointBack(to);
    }

    private Outcome pointBack(int to) {
        return product(contract()).rollback(new ReleaseRef.Numbered(to)).outcome();
    }

    /** Takes it on the model. */
    private Outcome expected(ModelStep step) {
        if (step instanceof ModelStep.Publish publish) {
            return model.publish(publish.run(), contract(), publish.mode(), inputs(publish));
        }
        if (step instanceof ModelStep.Repeat repeat) {
            return published.isEmpty() ? Outcome.UNCHANGED : expected(earlier(repeat));
        }
        int to = release(((ModelStep.Rollback) step).release());
        return to == 0 ? Outcome.UNCHANGED : model.rollback(to);
    }

    private Outcome publish(ModelStep.Publish step) {
        var run = product(contract()).publish().runId(step.run()).mode(step.mode());
        inputs(step).forEach((object, rows) -> run.input(object, contract().source(rows)));
        return run.run().outcome();
    }

    private ModelStep.Publish earlier(ModelStep.Repeat repeat) {
        return published.get(Math.floorMod(repeat.publish(), published.size()));
    }

    private Map<String, List<List<String>>> inputs(ModelStep.Publish step) {
        Map<String, List<List<String>>> inputs = new TreeMap<>();
        step.inputs()
                .forEach((object, rows) ->
                        inputs.put(object, rows.stream().map(contract()::cut).toList()));
        return inputs;
    }

    /** The release that a number picks; 0 if there is none. */
    private int release(int picked) {
        return model.releases.isEmpty() ? 0 : 1 + Math.floorMod(picked, model.releases.size());
    }

    /** What was broken off has either happened or not; the model is told which. */
    private void take(ModelStep.Killed step) {
        if (step.step() instanceof ModelStep.Resumable resumable) {
            takeTwice(resumable, step.effects());
            return;
        }
        int worker = taken / 2 % 2;
        Map<String, RunRecord> before = records();
        worker().effects().killAfter(step.effects());
        Outcome outcome;
        try {
            outcome = real(step.step());
        } catch (Effects.Killed e) {
            kills++;
            worker().shop().close();
            start(worker);
            if (lastRelease() > model.releases.size() || !records().equals(before)) {
                expected(step.step());
            }
            return;
        }
        worker().effects().killAfter(Long.MAX_VALUE);
        assertThat(outcome).as("outcome").isEqualTo(expected(step.step()));
    }

    private void takeTwice(ModelStep.Resumable step, int effects) {
        int worker = taken / 2 % 2;
        worker().effects().killAfter(effects);
        try {
            upkeep(step);
        } catch (Effects.Killed e) {
            kills++;
            worker().shop().close();
            start(worker);
            upkeep(step);
        }
        worker().effects().killAfter(Long.MAX_VALUE);
    }

    private void upkeep(ModelStep.Resumable step) {
        upkeep.take(step, product(contract()), worker().shop().mesh().lakehouse());
    }

    private void refuse(ModelStep.Outdated step) {
        if (contract == 0 || model.releases.isEmpty()) {
            return;
        }
        ModelContract old = ModelContract.CHAIN.get(contract - 1);
        ModelContract inForce =
                model.release(model.releases.size()).table(objects.get(0)).contract();
        if (inForce.version().compareTo(old.version()) > 0) {
            RecordSource rows = old.source(step.rows().stream().map(old::cut).toList());
            var run = product(old).publish().input(objects.get(0), rows);
            assertThatThrownBy(run::run)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Cannot publish retail/shop:");
        }
    }

    private void compare(ModelStep.Diff step) {
        int from = release(step.from());
        int to = release(step.to());
        if (from == 0 || isExpired(() -> diff(from, to), from, to)) {
            return;
        }
        diff(from, to).tables().forEach(table -> assertThat(List.of(table.added(), table.removed(), table.changed()))
                .as("diff of %s from %d to %d", table.object(), from, to)
                .isEqualTo(model.diff(from, to, table.object())));
    }

    private Diff diff(int from, int to) {
        return product(contract()).diff(new ReleaseRef.Numbered(from), new ReleaseRef.Numbered(to));
    }

    private void verify(int picked) {
        int release = release(picked);
        if (release > 0 && !isExpired(() -> findings(release), release)) {
            assertThat(findings(release)).as("verify release " + release).isEmpty();
        }
    }

    private List<Finding> findings(int release) {
        return product(contract()).verify(new ReleaseRef.Numbered(release)).findings();
    }

    /** Whether one of some releases has expired; what needs them must then say so. */
    private boolean isExpired(Runnable needs, int... releases) {
        List<Integer> expired =
                IntStream.of(releases).boxed().filter(model.expired::contains).toList();
        if (expired.isEmpty()) {
            return false;
        }
        try {
            needs.run();
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageContaining("of retail/shop: it has expired; its manifest and report remain");
            return true;
        }
        throw new AssertionError("No error although releases " + expired + " have expired");
    }

    private void compare() {
        compareRuns();
        int last = model.releases.size();
        Optional<History> history = product(contract()).findHistory();
        assertThat(history.isPresent()).as("published").isEqualTo(last > 0);
        if (last > 0) {
            compareReleases(history.orElseThrow());
            objects.forEach(object -> compareRows(last, object));
            compareRows(release(taken * 31), objects.get(taken % objects.size()));
        }
        if (taken % 3 == 0) {
            verify(last - 1);
        }
    }

    private long lastRelease() {
        return product(contract())
                .findHistory()
                .map(history -> history.latest().number())
                .orElse(0L);
    }

    private void compareReleases(History history) {
        List<Release> releases = history.all();
        assertThat(releases).as("releases").hasSameSizeAs(model.releases);
        for (Release release : releases) {
            Model.Release expected = model.release((int) release.number());
            assertThat(release.number()).isEqualTo(releases.size() - releases.indexOf(release));
            assertThat(history.hasExpired(release))
                    .as("release %d has expired", release.number())
                    .isEqualTo(model.expired.contains((int) release.number()));
            assertThat(release.manifest().restores())
                    .isEqualTo(expected.restores() == null ? null : Long.valueOf(expected.restores()));
            Map<String, Long> rows = expected.counts();
            assertThat(release.manifest().tables())
                    .as("row counts of release " + release.number())
                    .hasSize(rows.size())
                    .allSatisfy(table -> assertThat(table.rows()).isEqualTo(rows.get(table.object())));
        }
    }

    private void compareRows(int release, String object) {
        if (!isExpired(() -> rows(release, object), release)) {
            assertThat(rows(release, object))
                    .as("rows of %s in release %d", object, release)
                    .isEqualTo(model.texts(release, object));
        }
    }

    private List<String> rows(int release, String object) {
        return Shop.rows(product(contract()).read().object(object).release(release));
    }

    private Map<String, RunRecord> records() {
        Product product = product(contract());
        List<RunRecord> runs = product.findHistory().map(History::runs).orElseGet(() -> new Releases(
                        product.address(), worker().shop().mesh().lakehouse().blobs())
                .runs());
        return runs.stream()
                .filter(run -> run.runId().startsWith("run-"))
                .collect(Collectors.toMap(RunRecord::runId, run -> run));
    }

    private void compareRuns() {
        Map<String, Model.Run> runs = new HashMap<>();
        Quarantine quarantine = product(contract()).quarantine();
        records().forEach((id, run) -> {
            Model.Run expected = model.runs.getOrDefault(id, new Model.Run(false, List.of()));
            // rows are read of one run in four, and where their number is not as expected
            boolean read = run.rows().quarantined() != expected.quarantined().size()
                    || Math.floorMod(id.hashCode() + taken, 4) == 0;
            runs.put(
                    id,
                    new Model.Run(
                            run.outcome() == RunRecord.Outcome.PUBLISHED,
                            read ? rows(quarantine, run) : expected.quarantined()));
        });
        assertThat(runs).as("runs and what they set aside").isEqualTo(model.runs);
    }

    private static List<String> rows(Quarantine quarantine, RunRecord run) {
        List<String> rows = new ArrayList<>();
        quarantine.rows(run, row -> rows.add(new TreeMap<>(row.record()).toString()));
        return rows.stream().sorted().toList();
    }

    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.shop().close();
        }
    }
}
