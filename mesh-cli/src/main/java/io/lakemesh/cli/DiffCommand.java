package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.cli.report.DiffReport;
import io.lakemesh.history.ReleaseRef;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mesh diff}. */
@Command(
        name = "diff",
        description =
                "Shows what differs between two releases: rows by primary key, columns, checks. Shows values of the rows.",
        footer = "  mesh diff essex/stop-and-search 1 2")
final class DiffCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Parameters(index = "1", paramLabel = "R1", description = Descriptions.RELEASE)
    private String from;

    @Parameters(index = "2", paramLabel = "R2", description = "likewise")
    private String to;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    DiffCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        ReleaseRef first = ReleaseRef.parse(from);
        ReleaseRef second = ReleaseRef.parse(to);
        try (Mesh opened = mesh.open()) {
            Product found = subject.apply(opened.product(product));
            return mesh.show(new DiffReport(found.address(), found.diff(first, second)));
        }
    }
}
