package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import java.util.List;

/** The bundle of a mesh's policy. */
final class PolicyBundle {
    private PolicyBundle() {}

    static OpaBundle of(Mesh mesh) {
        return OpaBundle.build(
                GovernedTable.of(mesh),
                List.of(catalog(mesh)),
                mesh.config().policyFolder().map(OpaBundle::rego).orElse(List.of()));
    }

    /** What Trino calls the mesh. */
    static String catalog(Mesh mesh) {
        return mesh.config().policy().getOrDefault("catalog", "lake");
    }
}
