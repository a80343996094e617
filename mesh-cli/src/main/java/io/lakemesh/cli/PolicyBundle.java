package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.governance.opa.BundleSigner;
import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The bundle of a mesh's policy. */
final class PolicyBundle {
    private static final String KEY = "signing-key";

    private PolicyBundle() {}

    static OpaBundle of(Mesh mesh) {
        return OpaBundle.build(
                GovernedTable.of(mesh),
                List.of(catalog(mesh)),
                mesh.config().policyFolder().map(OpaBundle::rego).orElse(List.of()));
    }

    /** The same, signed where the configuration names a key for it. */
    static OpaBundle signed(Mesh mesh) {
        OpaBundle bundle = of(mesh);
        if (!mesh.config().policy().containsKey(KEY)) {
            return bundle;
        }
        Map<String, String> settings = mesh.config().resolved("policy");
        String key = Objects.requireNonNull(settings.get(KEY));
        return bundle.signed(BundleSigner.of(settings.getOrDefault("signing-algorithm", "RS256"), key));
    }

    /** What Trino calls the mesh. */
    static String catalog(Mesh mesh) {
        return mesh.config().policy().getOrDefault("catalog", "lake");
    }
}
