package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.BundleReport;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.governance.opa.OpaBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mesh policy build}. */
@Command(
        name = "build",
        description =
                "Writes the policy of every published table as a bundle for Open Policy Agent, signed if mesh.yaml names a key.",
        footer = "  mesh policy build --to bundle.tar.gz")
final class PolicyBuildCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "the bundle, a .tar.gz")
    private Path file;

    PolicyBuildCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            OpaBundle bundle = PolicyBundle.signed(opened);
            Files.write(file, bundle.bytes());
            return mesh.show(new BundleReport(file.toString(), bundle.revision()));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot write " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
