package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Publish;
import io.lakemesh.cli.report.RunReport;
import io.lakemesh.run.PublishResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mesh check}. */
@Command(
        name = "check",
        description = "Does everything that publish does up to the gate, and leaves nothing behind.",
        footer = "  mesh check products/essex --input 2026-01-essex-stop-and-search.csv",
        exitCodeList = {"0:it would publish", "2:the input or a descriptor is wrong", "3:the gate would refuse it"})
final class CheckCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Mixin
    private RunOptions options;

    CheckCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Product product = opened.product(options.product);
            PublishResult result = mesh.withProgress(options.paths(product), options.start(product), Publish::check);
            mesh.show(new RunReport(result));
            return ExitCode.of(result);
        }
    }
}
