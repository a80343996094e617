package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.history.Diff;
import io.lakemesh.history.Differ;
import io.lakemesh.history.GovernedAccess;
import io.lakemesh.history.History;
import io.lakemesh.history.Quarantine;
import io.lakemesh.history.ReadDecisions;
import io.lakemesh.history.Release;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.history.Rollback;
import io.lakemesh.history.Verification;
import io.lakemesh.history.Verifier;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.Propagation;
import io.lakemesh.policy.Propagation.Declassified;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.provenance.Releases;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.Plan;
import io.lakemesh.run.PublishResult;
import io.lakemesh.run.RowAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One product of a mesh. Immutable, cheap, safe for use by many threads; valid until its mesh is closed. */
public final class Product {
    private final Mesh mesh;
    private final ProductAddress address;
    private final @Nullable ProductContract described;
    private final @Nullable Subject subject;
    private volatile @Nullable ProductContract published;

    private Product(Mesh mesh, ProductAddress address, @Nullable ProductContract described, @Nullable Subject subject) {
        this.mesh = mesh;
        this.address = address;
        this.described = described;
        this.subject = subject;
    }

    static Product described(Mesh mesh, ProductContract contract) {
        return new Product(mesh, contract.address(), contract, null);
    }

    /** The contract is read when it is asked for, so that a product with damaged documents can be verified. */
    static Product published(Mesh mesh, String text) {
        ProductAddress address =
                address(text).filter(known -> isKnown(mesh, known)).orElseThrow(() -> unknown(mesh, text));
        return new Product(mesh, address, null, null);
    }

    /** A product whose only runs were refused has no release, but a quarantine to look at. */
    private static boolean isKnown(Mesh mesh, ProductAddress address) {
        return mesh.lakehouse().find(address).isPresent()
                || !new Releases(address, mesh.lakehouse().blobs()).runs().isEmpty();
    }

    private static Optional<ProductAddress> address(String text) {
        int slash = text.indexOf('/');
        return slash <= 0 || slash == text.length() - 1
                ? Optional.empty()
                : Optional.of(new ProductAddress(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static InvalidInputException unknown(Mesh mesh, String text) {
        List<String> known =
                mesh.products().stream().map(ProductAddress::toString).toList();
        return new InvalidInputException("Cannot find product '" + text
                + "': expected a folder with an *.odps.yaml, or domain/name of a published product"
                + NearMatch.hint(text, known));
    }

    /**
     * The product as a subject may see it: only reads, and of those only what the mesh's policy and the contract's roles grant.
     * Without a subject, the one who opened the mesh acts, its owner, who sees everything.
     */
    public Product as(Subject reader) {
        return new Product(mesh, address, described, reader);
    }

    public ProductAddress address() {
        return address;
    }

    /** What the product promises: by its folder's descriptors, or by those of its last release. */
    public ProductContract contract() {
        if (described != null) {
            return described;
        }
        ProductContract known = published;
        if (known == null) {
            known = contract(known());
            published = known;
        }
        return known;
    }

    /** What the product of a history promised with its last release. */
    static ProductContract contract(History history) {
        return ProductContracts.compile(Descriptors.load(history.latest().manifest(), history.objects()));
    }

    /**
     * Who may read which rows and columns of each table: by the mesh's policy, and the folder's descriptors or those of the last
     * release.
     */
    public List<TablePolicy> policies() {
        return described == null
                ? ReadDecisions.policies(known(), mesh.policy())
                : described.tables().stream()
                        .map(table ->
                                Policies.of(described, table, table.schema().numbered(), mesh.policy()))
                        .toList();
    }

    /** What publishing with this contract would change. */
    public Plan plan() {
        requireOwner("plan");
        return Plan.of(contract(), mesh.lakehouse(), mesh.policy());
    }

    /** Starts a run. */
    public Publish publish() {
        requireOwner("publish");
        ProductContract contract = contract();
        Policies.require(contract, mesh.policy());
        List<Declassified> declassified =
                Propagation.require(contract, mesh.policy(), mesh::published).declassified();
        return new Publish(mesh, contract, declassified);
    }

    /** Starts to read; the newest release, unless told otherwise. */
    public Read read() {
        History history = known();
        return new Read(mesh, history, audit(history), ref -> ownersAudit(history, history.find(ref)));
    }

    /**
     * The releases and runs so far. They tell counts and checks of all rows, so a subject that does not see every row and column is
     * denied them.
     *
     * @throws InvalidInputException if nothing was published yet
     */
    public History history() {
        History history = known();
        requireAll("the history", Action.HISTORY, history);
        return history;
    }

    /** As {@link #history}; empty if nothing was published yet. */
    public Optional<History> findHistory() {
        Optional<History> history = History.of(address(), mesh.lakehouse());
        history.ifPresent(found -> requireAll("the history", Action.HISTORY, found));
        return history;
    }

    private History known() {
        return History.of(address(), mesh.lakehouse())
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot find a release of " + address() + ": nothing was published yet"));
    }

    /** The rows that runs set aside. */
    public Quarantine quarantine() {
        Quarantine quarantine = new Quarantine(address(), mesh.lakehouse());
        History.of(address(), mesh.lakehouse())
                .ifPresentOrElse(
                        history -> requireAll("what was set aside", Action.QUARANTINE, history),
                        () -> requireOwner("see what was set aside of"));
        return quarantine;
    }

    /** What differs between two releases. */
    public Diff diff(ReleaseRef from, ReleaseRef to) {
        History history = known();
        ReadAudit audit = audit(history);
        if (audit != null) {
            audit(audit, history, List.of(from, to));
        }
        return new Differ(access(audit), history).diff(from, to);
    }

    /** Makes a release that points back to an earlier one; no history is lost. */
    public PublishResult rollback(ReleaseRef to) {
        requireOwner("roll back");
        return new Rollback(mesh.lakehouse(), mesh.clock(), mesh.config().identity(), mesh.witness(Action.ROLLBACK))
                .to(to, known());
    }

    /** Starts to remove a person's rows, from every release and from what runs set aside. */
    public Erase erase() {
        requireOwner("erase from");
        return new Erase(mesh, address(), described == null ? published : described);
    }

    /**
     * Recomputes a release's digests, counts and checks from what is stored. Damage is a finding, whatever it hit.
     *
     * @throws InvalidInputException if there is no such release
     */
    public Verification verify(ReleaseRef release) {
        requireOwner("verify");
        return new Verifier(mesh.lakehouse(), known()).verify(release);
    }

    /** Null for the mesh's owner. */
    private @Nullable ReadAudit audit(History history) {
        return subject == null
                ? null
                : new ReadAudit(
                        mesh.audit(),
                        address,
                        subject,
                        ReadDecisions.of(subject, mesh.decider(), history, mesh.policy()));
    }

    private ReadAudit ownersAudit(History history, Release release) {
        return new ReadAudit(mesh.audit(), address, null, ReadDecisions.ofOwner(history, release, mesh.policy()));
    }

    private RowAccess access(@Nullable ReadAudit audit) {
        return audit == null ? mesh.lakehouse() : new GovernedAccess(mesh.lakehouse(), audit.decisions());
    }

    private static void audit(ReadAudit audit, History history, List<ReleaseRef> refs) {
        List<Release> releases = refs.stream().map(history::findReadable).toList();
        releases.forEach(release ->
                release.manifest().tables().forEach(table -> audit.denied(Action.DIFF, table, release.number())));
        releases.forEach(release -> release.manifest()
                .tables()
                .forEach(table -> audit.granted(Action.DIFF, table, release.number(), table.schema())));
    }

    /** For what no row filter and no mask can be applied to: it is shown whole, or not at all. */
    private void requireAll(String what, Action action, History history) {
        ReadAudit audit = audit(history);
        Release latest = history.latest();
        if (audit != null && !audit.whole(action, latest.manifest().tables(), latest.number())) {
            throw new AccessDeniedException("Cannot show " + what + " of " + address
                    + ": it is shown to those only who see every row and column of the product");
        }
    }

    private void requireOwner(String what) {
        if (subject != null) {
            throw new AccessDeniedException(
                    "Cannot " + what + " " + address + " as " + subject.user() + ": a subject may only read");
        }
    }
}
