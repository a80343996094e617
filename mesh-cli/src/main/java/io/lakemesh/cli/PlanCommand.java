package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.PlanReport;
import io.lakemesh.run.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh plan}. */
@Command(
        name = "plan",
        description =
                "Shows what publishing with a product's contract would change, and what would hold. Changes nothing.",
        footer = "  mesh plan products/essex",
        exitCodeList = {
            "0:nothing would change",
            "2:a descriptor is wrong",
            "10:something would change",
            "11:the change breaks readers, or would be refused"
        })
final class PlanCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    PlanCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Plan plan = opened.product(product).plan();
            mesh.show(new PlanReport(plan));
            if (plan.isEmpty()) {
                return ExitCode.DONE;
            }
            return plan.isBreaking() ? ExitCode.BREAKING_CHANGES : ExitCode.CHANGES;
        }
    }
}
