package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.cli.report.ReleasesReport;
import io.lakemesh.cli.report.RunsReport;
import io.lakemesh.history.History;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh history}. */
@Command(
        name = "history",
        description = "Lists a product's releases, newest first.",
        footer = "  mesh history essex/stop-and-search --runs")
final class HistoryCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Option(names = "--runs", description = "list every run instead, oldest first, the refused ones too")
    private boolean runs;

    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    HistoryCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Product found = subject.apply(opened.product(product));
            History history = found.history();
            return mesh.show(
                    runs
                            ? new RunsReport(found.address(), history.runs())
                            : new ReleasesReport(found.address(), history.all(), history.expired()));
        }
    }
}
