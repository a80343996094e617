package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.SyncReport;
import io.lakemesh.steward.SyncResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mesh sync}. */
@Command(
        name = "sync",
        description = {
            "Brings the tables lakemesh.releases, .checks and .runs up to what was published and refused until now,",
            "for stewards to query. May run beside publishers; run it again to go on where it was broken off."
        },
        footer = "  mesh sync",
        exitCodeList = {"0:everything is in the tables", "1:something is damaged, and was left out"})
final class SyncCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    SyncCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            SyncResult result = opened.sync();
            mesh.show(new SyncReport(result));
            return result.left().isEmpty() ? ExitCode.DONE : ExitCode.OUR_FAILURE;
        }
    }
}
