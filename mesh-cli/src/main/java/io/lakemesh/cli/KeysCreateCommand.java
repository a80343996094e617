package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.KeyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh keys create}. */
@Command(
        name = "create",
        description = {
            "Makes a domain's first key in the key ring that mesh.yaml names. Keep it safe: no other key makes the same",
            "stand-ins, and whoever has it can tell whether a value is among them."
        },
        footer = "  mesh keys create essex",
        exitCodeList = {"0:done", "2:the domain has a key, or mesh.yaml names no key ring"})
final class KeysCreateCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "DOMAIN", description = "as in the products' descriptors")
    private String domain;

    KeysCreateCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            return mesh.show(new KeyReport(domain, opened.keys().create(domain)));
        }
    }
}
