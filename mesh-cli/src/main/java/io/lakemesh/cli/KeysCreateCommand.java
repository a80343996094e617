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
            "Makes a domain's first keys in the key ring that mesh.yaml names. Keep them safe: no others make the same",
            "stand-ins or lead back from what is stored, and whoever has them can read it."
        },
        footer = "  mesh keys create essex",
        exitCodeList = {
            "0:done",
            "2:there are keys of the name, or mesh.yaml names no key ring",
            "6:the key management service cannot be reached"
        })
final class KeysCreateCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "NAME",
            description = "a domain, or shared/KEY for the KEY that contracts of several domains name")
    private String name;

    KeysCreateCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            return mesh.show(new KeyReport(name, opened.keys().create(name)));
        }
    }
}
