package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Publish;
import io.lakemesh.cli.report.RunReport;
import io.lakemesh.run.PublishResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mesh publish}. */
@Command(
        name = "publish",
        description = "Checks raw files against the product's contract and publishes the good rows as a release.",
        footer = "  mesh publish products/essex --input 2026-01-essex-stop-and-search.csv",
        exitCodeList = {
            "0:published, or published before under this run id",
            "2:the input or a descriptor is wrong",
            "3:the gate refused; nothing that readers see was changed",
            "5:somebody else published meanwhile; try again"
        })
final class PublishCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "names the run: the same id publishes once; by default derived from product, contract, inputs and mode")
    private @Nullable String runId;

    @Option(
            names = "--resolves",
            paramLabel = "RUN",
            description = "this run deals with the rows that a refused run left in quarantine")
    private @Nullable String resolves;

    PublishCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Product product = opened.product(options.product);
            Publish publish = options.start(product);
            if (runId != null) {
                publish.runId(runId);
            }
            if (resolves != null) {
                publish.resolves(resolves);
            }
            PublishResult result = mesh.withProgress(options.paths(product), publish, Publish::run);
            mesh.show(new RunReport(result));
            return ExitCode.of(result);
        }
    }
}
