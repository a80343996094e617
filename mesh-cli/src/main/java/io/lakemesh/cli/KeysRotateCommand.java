package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.KeyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh keys rotate}. */
@Command(
        name = "rotate",
        description = {
            "Makes a domain's next key and takes it into use. What is stored stays as it is; new stand-ins don't join with it,",
            "and tables whose primary key or unique column is protected take new rows again after a publish with --mode",
            "overwrite."
        },
        footer = "  mesh keys rotate essex",
        exitCodeList = {"0:done", "2:the domain has no key, or mesh.yaml names no key ring"})
final class KeysRotateCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "DOMAIN", description = "as in the products' descriptors")
    private String domain;

    KeysRotateCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            return mesh.show(new KeyReport(domain, opened.keys().rotate(domain)));
        }
    }
}
