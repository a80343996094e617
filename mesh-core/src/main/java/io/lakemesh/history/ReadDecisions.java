package io.lakemesh.history;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.TableContract;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Descriptors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What one subject, or the mesh's owner, may read of a product's tables. To a subject the newest release's contract decides, of
 * earlier releases too: a column is known by its field id, whatever its name was, and one that the newest contract does not have is
 * hidden.
 */
public final class ReadDecisions implements Function<TableVersion, Decision> {
    private final List<TablePolicy> policies;
    private final Function<TablePolicy, Decision> decider;
    private final Map<String, Decision> decisions = new ConcurrentHashMap<>();

    private ReadDecisions(List<TablePolicy> policies, Function<TablePolicy, Decision> decider) {
        this.policies = policies;
        this.decider = decider;
    }

    /** A subject's, as something decides. */
    public static ReadDecisions of(Subject subject, PolicyDecider decider, History history, MeshPolicy mesh) {
        return new ReadDecisions(policies(history, mesh), policy -> decider.decide(subject, policy));
    }

    /** The owner's, of a release's tables: by the release's own contract, since the newest may not have its tables any more. */
    public static ReadDecisions ofOwner(History history, Release release, MeshPolicy mesh) {
        return new ReadDecisions(policies(history, release, mesh), TablePolicy::owners);
    }

    /** The policies in force for a product's tables, over their columns as stored. */
    public static List<TablePolicy> policies(History history, MeshPolicy mesh) {
        return policies(history, history.latest(), mesh);
    }

    private static List<TablePolicy> policies(History history, Release release, MeshPolicy mesh) {
        Manifest manifest = release.manifest();
        ProductContract contract = ProductContracts.compile(Descriptors.load(manifest, history.objects()));
        List<TablePolicy> policies = new ArrayList<>();
        for (TableVersion version : manifest.tables()) {
            contract(contract, version)
                    .ifPresent(table -> policies.add(Policies.of(contract, table, version.schema(), mesh)));
        }
        return policies;
    }

    private static Optional<TableContract> contract(ProductContract contract, TableVersion version) {
        return contract.tables().stream()
                .filter(table -> table.table().equals(version.table()))
                .findFirst();
    }

    @Override
    public Decision apply(TableVersion version) {
        return decisions.computeIfAbsent(version.table().toString(), unused -> decide(version));
    }

    /** The policy in force for a table; empty where the newest release does not offer it. */
    public Optional<TablePolicy> policy(TableVersion version) {
        return policies.stream()
                .filter(policy -> policy.table().equals(version.table()))
                .findFirst();
    }

    /** The columns of a table that a key leads back from. */
    public Set<String> reversible(TableVersion version) {
        return policy(version).map(found -> found.reversible().keySet()).orElse(Set.of());
    }

    private Decision decide(TableVersion version) {
        return policy(version)
                .map(decider)
                .orElseGet(() -> new Decision.Denied("the product's newest release does not offer it any more"));
    }
}
