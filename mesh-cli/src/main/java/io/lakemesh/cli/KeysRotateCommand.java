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
            "Makes a domain's next keys and takes them into use. What is stored stays as it is; new stand-ins don't join with it,",
            "and tables whose primary key or unique column is protected take new rows again after a publish with --mode",
            "overwrite."
        },
        footer = "  mesh keys rotate essex",
        exitCodeList = {
            "0:done",
            "2:there are no keys of the name, or mesh.yaml names no key ring",
            "6:the key management service cannot be reached"
        })
final class KeysRotateCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "NAME",
            description = "a domain, or shared/KEY for the KEY that contracts of several domains name")
    private String name;

    KeysRotateCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            return mesh.show(new KeyReport(name, opened.keys().rotate(name)));
        }
    }
}
