package io.lakemesh;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.history.Diff;
import io.lakemesh.history.Differ;
import io.lakemesh.history.History;
import io.lakemesh.history.Quarantine;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Rollback;
import io.lakemesh.history.Verification;
import io.lakemesh.history.Verifier;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.Plan;
import io.lakemesh.run.PublishResult;
import java.util.List;
import java.util.Optional;

/** One product of a mesh. Immutable, cheap, safe for use by many threads; valid until its mesh is closed. */
public final class Product {
    private final Mesh mesh;
    private final ProductContract contract;

    private Product(Mesh mesh, ProductContract contract) {
        this.mesh = mesh;
        this.contract = contract;
    }

    static Product described(Mesh mesh, ProductContract contract) {
        return new Product(mesh, contract);
    }

    static Product published(Mesh mesh, String text) {
        ProductAddress address = address(text);
        History history = History.of(address, mesh.lakehouse()).orElseThrow(() -> unknown(mesh, text));
        return new Product(
                mesh, ProductContracts.compile(Descriptors.load(history.latest().manifest(), history.objects())));
    }

    private static ProductAddress address(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new ProductAddress("", text)
                : new ProductAddress(text.substring(0, slash), text.substring(slash + 1));
    }

    private static InvalidInputException unknown(Mesh mesh, String text) {
        List<String> known =
                mesh.products().stream().map(ProductAddress::toString).toList();
        return new InvalidInputException("Cannot find product '" + text
                + "': expected a folder with an *.odps.yaml, or domain/name of a published product"
                + NearMatch.hint(text, known));
    }

    public ProductAddress address() {
        return contract.address();
    }

    /** What the product promises: by its folder's descriptors, or by those of its last release. */
    public ProductContract contract() {
        return contract;
    }

    /** What publishing with this contract would change. */
    public Plan plan() {
        return Plan.of(contract, mesh.lakehouse());
    }

    /** Starts a run. */
    public Publish publish() {
        return new Publish(mesh, contract);
    }

    /** Starts to read; the newest release, unless told otherwise. */
    public Read read() {
        return new Read(mesh, history());
    }

    /**
     * The releases and runs so far.
     *
     * @throws InvalidInputException if nothing was published yet
     */
    public History history() {
        return findHistory()
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot find a release of " + address() + ": nothing was published yet"));
    }

    /** The releases and runs so far; empty if nothing was published yet. */
    public Optional<History> findHistory() {
        return History.of(address(), mesh.lakehouse());
    }

    /** The rows that runs set aside. */
    public Quarantine quarantine() {
        return new Quarantine(address(), mesh.lakehouse());
    }

    /** What differs between two releases. */
    public Diff diff(ReleaseRef from, ReleaseRef to) {
        return new Differ(mesh.lakehouse(), history()).diff(from, to);
    }

    /** Makes a release that points back to an earlier one; no history is lost. */
    public PublishResult rollback(ReleaseRef to) {
        return new Rollback(mesh.lakehouse(), mesh.clock(), mesh.config().identity()).to(to, history());
    }

    /** Recomputes a release's digests, counts and checks from what is stored. */
    public Verification verify(ReleaseRef release) {
        return new Verifier(mesh.lakehouse(), history()).verify(release);
    }
}
