package io.lakemesh.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mesh keys}: the keys that protect columns. */
@Command(
        name = "keys",
        description = "Makes the keys that protect columns, one domain's apart from another's.",
        synopsisSubcommandLabel = "COMMAND",
        footer = "  mesh keys create essex")
final class KeysCommand {
    private KeysCommand() {}

    static CommandLine commandLine(MeshCommand mesh) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(mesh))
                .addSubcommand(new KeysRotateCommand(mesh));
    }
}
