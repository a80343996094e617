package io.lakemesh.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mesh policy}: what the mesh's policy and contracts' roles come to. */
@Command(
        name = "policy",
        description = "Says who may see what, and why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = "  mesh policy explain essex/stop-and-search --as ada --groups analysts --purpose statistics")
final class PolicyCommand {
    private PolicyCommand() {}

    static CommandLine commandLine(MeshCommand mesh) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand(mesh))
                .addSubcommand(new PolicyExplainCommand(mesh))
                .addSubcommand(new PolicyWhoCommand(mesh))
                .addSubcommand(new PolicyTestCommand(mesh))
                .addSubcommand(new PolicyDiffCommand(mesh))
                .addSubcommand(new PolicyBuildCommand(mesh))
                .addSubcommand(new PolicyPushCommand(mesh))
                .addSubcommand(new PolicyTrinoConfigCommand(mesh));
    }
}
