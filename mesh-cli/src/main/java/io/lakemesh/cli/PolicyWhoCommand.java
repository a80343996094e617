package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.WhoReport;
import io.lakemesh.error.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh policy who}. */
@Command(
        name = "who",
        description = "Shows which roles see a column, in clear or masked.",
        footer = "  mesh policy who essex/stop-and-search.age_range")
final class PolicyWhoCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT.COLUMN", description = "a product's folder or domain/name, a dot, a column")
    private String column;

    PolicyWhoCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        int dot = column.lastIndexOf('.');
        if (dot <= 0 || dot == column.length() - 1) {
            throw new InvalidInputException("Invalid column: expected PRODUCT.COLUMN");
        }
        try (Mesh opened = mesh.open()) {
            return mesh.show(WhoReport.of(
                    column.substring(dot + 1),
                    opened.product(column.substring(0, dot)).policies()));
        }
    }
}
