package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Propagation.Declassified;
import io.lakemesh.run.FileOptions;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Progress;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.RunRequest;
import io.lakemesh.run.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what a run needs; {@link #run()} runs it. Not thread-safe. */
public final class Publish {
    private final Mesh mesh;
    private final ProductContract contract;
    private final List<Declassified> declassified;
    private final Map<String, List<RecordSource>> inputs = new LinkedHashMap<>();
    private Mode mode = Mode.APPEND;
    private Progress progress = Progress.NONE;
    private @Nullable String runId;
    private @Nullable String resolves;

    Publish(Mesh mesh, ProductContract contract, List<Declassified> declassified) {
        this.mesh = mesh;
        this.contract = contract;
        this.declassified = declassified;
    }

    /** Adds a file, a folder or a glob for the product's only object. */
    public Publish input(Path path) {
        return input(path.toString());
    }

    /** Adds a file, a folder, a glob, or {@code trino:} and a query for the product's only object. */
    public Publish input(String path) {
        return input(onlyObject(), path);
    }

    /** Adds a file, a folder, a glob, or {@code trino:} and a query for an object. */
    public Publish input(String object, String path) {
        return input(object, path, FileOptions.DEFAULT);
    }

    /** Likewise for the product's only object, with the encoding and the delimiter of its CSV files. */
    public Publish input(String path, FileOptions options) {
        return input(onlyObject(), path, options);
    }

    /** Likewise for an object. */
    public Publish input(String object, String path, FileOptions options) {
        return input(object, mesh.source(path, options));
    }

    /** Adds records for an object; see {@code RecordSources} for those of Java. */
    public Publish input(String object, RecordSource source) {
        inputs.computeIfAbsent(object, unused -> new ArrayList<>()).add(source);
        return this;
    }

    /** Adds records for the product's only object. */
    public Publish input(RecordSource source) {
        return input(onlyObject(), source);
    }

    /** What to do with the rows that are there; {@link Mode#APPEND} unless told otherwise. */
    public Publish mode(Mode wanted) {
        this.mode = wanted;
        return this;
    }

    /** Names the run: the same id publishes once. Without it, the id is derived from product, contract, inputs and mode. */
    public Publish runId(String id) {
        if (!id.matches("[A-Za-z0-9._:+@-]{1,128}")) {
            throw new InvalidInputException("Invalid run id: expected 1 to 128 of letters, digits and . _ : + @ -");
        }
        this.runId = id;
        return this;
    }

    /** Says that this run deals with the rows that a refused run left. */
    public Publish resolves(String refusedRunId) {
        this.resolves = refusedRunId;
        return this;
    }

    public Publish progress(Progress listener) {
        this.progress = listener;
        return this;
    }

    /** Publishes a release, or says why not; see {@link io.lakemesh.run.Runner#publish}. */
    public PublishResult run() {
        return mesh.runner(witness()).publish(request(), progress);
    }

    private Witness witness() {
        Witness publishes = mesh.witness(Action.PUBLISH);
        return publication -> {
            declassified.forEach(column -> mesh.audit()
                    .append(AuditRecord.granted(Action.DECLASSIFY)
                            .product(publication.address())
                            .release(publication.release())
                            .reference(publication.runId())
                            .columns(List.of(column.column()))
                            .reason(column.why())));
            publishes.publishes(publication);
        };
    }

    /** Does everything up to the gate and leaves nothing behind. */
    public PublishResult check() {
        return mesh.runner(Witness.NONE).check(request(), progress);
    }

    private RunRequest request() {
        if (inputs.isEmpty()) {
            throw new InvalidInputException("Cannot run " + contract.address() + ": no input was given");
        }
        return new RunRequest(contract, inputs, mode, runId, resolves, mesh.policy());
    }

    private String onlyObject() {
        List<String> objects =
                contract.tables().stream().map(TableContract::object).toList();
        if (objects.size() != 1) {
            throw new InvalidInputException("Invalid input: " + contract.address() + " has the objects " + objects
                    + "; say which one it is for, as OBJECT=PATH");
        }
        return objects.get(0);
    }
}
