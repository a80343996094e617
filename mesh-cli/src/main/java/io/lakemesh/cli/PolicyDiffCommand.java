package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.cli.report.PolicyDiffReport;
import io.lakemesh.descriptor.MeshPolicyDocument;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policydiff.PolicyDiff;
import io.lakemesh.policydiff.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh policy diff}. */
@Command(
        name = "diff",
        description = "Shows who gains or loses what between two revisions of a mesh's descriptors. Reads no data.",
        footer = {"  git worktree add ../before main", "  mesh policy diff ../before"})
final class PolicyDiffCommand implements Callable<Integer> {
    private static final String CONFIG = "mesh.yaml";
    private static final String POLICY = "policy";

    private final MeshCommand mesh;

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "a folder with product folders, and a mesh.yaml that names the policy's folder, or that as"
                    + " policy")
    private Path before;

    @Parameters(
            index = "1",
            paramLabel = "NEW",
            arity = "0..1",
            description = "likewise; by default this mesh's folder")
    private @Nullable Path after;

    PolicyDiffCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Path later = after == null ? opened.config().home() : after;
            Revision revision =
                    after == null ? Revision.read(later, opened.policy()) : Revision.read(later, policy(later));
            return mesh.show(new PolicyDiffReport(
                    before, later, PolicyDiff.between(Revision.read(before, policy(before)), revision)));
        }
    }

    private static MeshPolicy policy(Path folder) {
        if (Files.isRegularFile(folder.resolve(CONFIG))) {
            return MeshConfig.read(folder.resolve(CONFIG))
                    .policyFolder()
                    .map(MeshPolicy::read)
                    .orElse(MeshPolicy.NONE);
        }
        Path policy = folder.resolve(POLICY);
        return Files.exists(policy.resolve(MeshPolicyDocument.FILE)) ? MeshPolicy.read(policy) : MeshPolicy.NONE;
    }
}
