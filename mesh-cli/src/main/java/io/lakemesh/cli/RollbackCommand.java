package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.RunReport;
import io.lakemesh.history.ReleaseRef;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh rollback}. */
@Command(
        name = "rollback",
        description = "Makes a new release that points back to an earlier one; no history is lost.",
        footer = "  mesh rollback essex/stop-and-search --to 1")
final class RollbackCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Option(names = "--to", paramLabel = "RELEASE", required = true, description = Descriptions.RELEASE)
    private String release;

    RollbackCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        ReleaseRef to = ReleaseRef.parse(release);
        try (Mesh opened = mesh.open()) {
            return mesh.show(new RunReport(opened.product(product).rollback(to)));
        }
    }
}
