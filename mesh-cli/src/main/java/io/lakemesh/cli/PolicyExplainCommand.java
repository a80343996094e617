package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.ExplanationReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mesh policy explain}. */
@Command(
        name = "explain",
        description = "Shows what a user may read of a product, and the place of each rule that decides it.",
        footer = "  mesh policy explain essex/stop-and-search --as ada --groups analysts --purpose statistics",
        exitCodeList = {"0:the user may read", "4:the user may not"})
final class PolicyExplainCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    PolicyExplainCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            ExplanationReport report = new ExplanationReport(
                    subject.subject(), opened.product(product).policies());
            mesh.show(report);
            return report.isDenied() ? ExitCode.ACCESS_DENIED : ExitCode.DONE;
        }
    }
}
