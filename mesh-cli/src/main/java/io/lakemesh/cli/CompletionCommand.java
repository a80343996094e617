package io.lakemesh.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mesh completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in bash and zsh.",
        footer = "  source <(mesh completion)")
final class CompletionCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Spec
    private CommandSpec spec;

    CompletionCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        mesh.screen().raw(AutoComplete.bash("mesh", spec.parent().commandLine()));
        return ExitCode.DONE;
    }
}
