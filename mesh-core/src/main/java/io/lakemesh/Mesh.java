package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditLog;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.check.QualityEngine;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.descriptor.ProductFolder;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.health.Finding;
import io.lakemesh.health.HealthCheck;
import io.lakemesh.history.History;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.PolicyDeciderProvider;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.KeyRingProvider;
import io.lakemesh.run.FileFormats;
import io.lakemesh.run.FileOptions;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.LakehouseProvider;
import io.lakemesh.run.Query;
import io.lakemesh.run.QueryEngine;
import io.lakemesh.run.Runner;
import io.lakemesh.run.Witness;
import io.lakemesh.steward.Sync;
import io.lakemesh.steward.SyncResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mesh of data products: the way into the library.
 *
 * <p>Safe for use by many threads; so are the {@link Product}s that it hands out. The lakehouse is opened at the first use.
 * Closing frees everything that was opened through it.
 */
public final class Mesh implements AutoCloseable {
    private static final String EMBEDDED = "embedded";

    private final MeshConfig config;
    private final Clock clock;
    private @Nullable Lakehouse opened;
    private @Nullable MeshPolicy policy;
    private @Nullable PolicyDecider decider;
    private @Nullable KeyRing keys;
    private final AuditLog audit;

    Mesh(MeshConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.audit = new AuditLog(this::lakehouse, config.auditFolder(), clock, config.identity());
    }

    /** Opens the mesh of the nearest {@code mesh.yaml} from the current folder upward, or the embedded one in {@code .mesh}. */
    public static Mesh open() {
        return open(MeshConfig.find(Path.of("")));
    }

    /**
     * Opens the mesh that a file describes.
     *
     * @throws InvalidInputException if the file is wrong
     */
    public static Mesh open(Path config) {
        return open(MeshConfig.read(config));
    }

    public static Mesh open(MeshConfig config) {
        return new Mesh(config, Clock.systemUTC());
    }

    public MeshConfig config() {
        return config;
    }

    /** Every product that was published here. */
    public List<ProductAddress> products() {
        return lakehouse().products();
    }

    /**
     * A product by its folder or, once published, by {@code domain/name}. A folder that holds an {@code *.odps.yaml} wins.
     *
     * @throws InvalidInputException if there is neither, or the folder's descriptors are wrong: with every problem
     */
    public Product product(String folderOrAddress) {
        Path folder = pathOf(folderOrAddress);
        return isProductFolder(folder) ? product(folder) : Product.published(this, folderOrAddress);
    }

    /** A product by its folder. */
    public Product product(Path folder) {
        return Product.described(this, ProductContracts.compile(ProductFolder.load(folder)));
    }

    /** A product by its contract, for descriptors that were loaded by hand. */
    public Product product(ProductContract contract) {
        return Product.described(this, contract);
    }

    private static Path pathOf(String text) {
        try {
            return Path.of(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new InvalidInputException("Invalid product: not a folder's path and not domain/name", e);
        }
    }

    private static boolean isProductFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".odps.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    /** The tables of this mesh, for what this class does not offer. */
    public synchronized Lakehouse lakehouse() {
        if (opened == null) {
            opened = provider().open(config.resolved("catalog"), config.resolved("warehouse"));
        }
        return opened;
    }

    /** Whether anything can have been published here: false for an embedded mesh that the first publish will make. */
    public boolean exists() {
        return provider().exists(config.resolved("catalog"), config.resolved("warehouse"));
    }

    /** What a product promised with its last release; empty if nothing was published yet. Makes no lakehouse where there is none. */
    public Optional<ProductContract> published(ProductAddress address) {
        return exists() ? History.of(address, lakehouse()).map(Product::contract) : Optional.empty();
    }

    private static LakehouseProvider provider() {
        return ServiceLoader.load(LakehouseProvider.class)
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        "Cannot open the lakehouse: no module on the class path provides one (mesh-iceberg does)"));
    }

    /**
     * What the mesh says about who may see what; {@link MeshPolicy#NONE} unless the configuration names a policy folder. Read at
     * the first use.
     *
     * @throws InvalidInputException with every problem of it
     */
    public synchronized MeshPolicy policy() {
        MeshPolicy known = policy;
        if (known == null) {
            known = config.policyFolder().map(MeshPolicy::read).orElse(MeshPolicy.NONE);
            policy = known;
        }
        return known;
    }

    /** What decides on reads: this process, unless the configuration names another. */
    synchronized PolicyDecider decider() {
        PolicyDecider known = decider;
        if (known == null) {
            known = open(config.policy().getOrDefault("decider", EMBEDDED));
            decider = known;
        }
        return known;
    }

    private PolicyDecider open(String name) {
        if (name.equals(EMBEDDED)) {
            return PolicyDecider.EMBEDDED;
        }
        return ServiceLoader.load(PolicyDeciderProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("Cannot find policy decider '" + name
                        + "': expected embedded, or opa with mesh-governance on the class path"))
                .open(config.resolved("policy"));
    }

    /**
     * The keys that protect columns; {@link KeyRing#NONE} unless the configuration names a key ring.
     *
     * @throws InvalidInputException if the configuration is wrong
     */
    public synchronized KeyRing keys() {
        KeyRing known = keys;
        if (known == null) {
            known = config.sections().containsKey("keys") ? openKeys() : KeyRing.NONE;
            keys = known;
        }
        return known;
    }

    private KeyRing openKeys() {
        Map<String, String> settings = config.resolved("keys");
        String name = settings.getOrDefault("provider", "file");
        return ServiceLoader.load(KeyRingProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("Cannot find key provider '" + name
                        + "': expected file or environment, with mesh-governance on the class path"))
                .open(settings, config.home());
    }

    /**
     * Looks at each service that this mesh is set up with.
     *
     * @throws InvalidInputException if the configuration refers to a variable or file that is not there
     */
    public List<Finding> diagnose() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        config.sections().keySet().forEach(section -> sections.put(section, config.resolved(section)));
        return ServiceLoader.load(HealthCheck.class).stream()
                .flatMap(check -> check.get().check(sections).stream())
                .toList();
    }

    /**
     * A statement for the query engine that the configuration names; it is sent when its rows are asked for.
     *
     * @throws InvalidInputException if none is configured
     */
    public Query query(String sql) {
        QueryEngine engine = queryEngines()
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        "Cannot run a query: no module on the class path provides an engine (mesh-trino does)"));
        return engine.query(config.resolved(engine.name()), sql);
    }

    /** The rows of files, or of a query that follows its engine's name and a colon. */
    RecordSource source(String input, FileOptions options) {
        return queryEngines()
                .filter(engine -> input.startsWith(engine.name() + ":"))
                .findFirst()
                .map(engine -> engine.source(
                        config.resolved(engine.name()),
                        input.substring(engine.name().length() + 1)))
                .orElseGet(() -> files().open(input, options));
    }

    private static Stream<QueryEngine> queryEngines() {
        return ServiceLoader.load(QueryEngine.class).stream().map(ServiceLoader.Provider::get);
    }

    private FileFormats files() {
        return ServiceLoader.load(FileFormats.class)
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        "Cannot read files: no module on the class path provides file formats (mesh-iceberg does)"));
    }

    Runner runner(Witness witness) {
        Map<String, QualityEngine> engines = new LinkedHashMap<>();
        ServiceLoader.load(QualityEngine.class).forEach(engine -> engines.put(engine.name(), engine));
        return new Runner(lakehouse(), clock, config.identity(), engines, keys(), witness);
    }

    /** Who was let do what in this mesh. */
    public AuditLog audit() {
        return audit;
    }

    /** Records each release before it is committed. */
    Witness witness(Action action) {
        audit.requireWritable();
        return publication -> audit.append(AuditRecord.granted(action)
                .product(publication.address())
                .release(publication.release())
                .reference(publication.runId()));
    }

    /** What keeps the cost of tables flat; to be run now and then. */
    public Maintenance maintenance() {
        return new Maintenance(lakehouse(), clock, config.identity(), config.releasesKept());
    }

    /**
     * Brings the mesh's own tables up to what was published and refused until now; to be run now and then.
     *
     * @throws io.lakemesh.error.ConflictException if others do it all the time; nothing is lost
     */
    public SyncResult sync() {
        return new Sync(lakehouse(), clock).run();
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        try {
            audit.close();
        } finally {
            closeServices();
        }
    }

    private synchronized void closeServices() {
        if (decider != null) {
            decider.close();
        }
        if (opened != null) {
            opened.close();
        }
    }
}
