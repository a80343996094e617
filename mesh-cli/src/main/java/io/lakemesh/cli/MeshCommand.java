package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Publish;
import io.lakemesh.cli.report.Report;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.Visible;
import io.lakemesh.document.Json;
import io.lakemesh.error.MeshException;
import io.lakemesh.run.PublishResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command: the options that every command takes, and what happens when one fails. */
@Command(
        name = "mesh",
        description = "Data products on a lakehouse: contract in; checked, versioned Iceberg release out.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footerHeading = "%nExample:%n",
        exitCodeListHeading = "%nExit codes:%n")
final class MeshCommand {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "mesh.yaml; by default the nearest one from the current folder upward, else the mesh in .mesh/")
    @Nullable
    Path config;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}")
    OutputFormat output = OutputFormat.text;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "show what is done, and where a failure came from")
    boolean verbose;

    private final Screen screen;

    private MeshCommand(Screen screen) {
        this.screen = screen;
    }

    /** Runs one command. */
    static int run(Screen screen, String... arguments) {
        return commandLine(screen).execute(arguments);
    }

    static CommandLine commandLine(Screen screen) {
        MeshCommand mesh = new MeshCommand(screen);
        return new CommandLine(mesh)
                .addSubcommand(new InitCommand(mesh))
                .addSubcommand(new ProfileCommand(mesh))
                .addSubcommand(new ValidateCommand(mesh))
                .addSubcommand(new PlanCommand(mesh))
                .addSubcommand(new CheckCommand(mesh))
                .addSubcommand(new PublishCommand(mesh))
                .addSubcommand(new HistoryCommand(mesh))
                .addSubcommand(new ReadCommand(mesh))
                .addSubcommand(new SqlCommand(mesh))
                .addSubcommand(new DiffCommand(mesh))
                .addSubcommand(new RollbackCommand(mesh))
                .addSubcommand(new QuarantineCommand(mesh))
                .addSubcommand(new VerifyCommand(mesh))
                .addSubcommand(PolicyCommand.commandLine(mesh))
                .addSubcommand(KeysCommand.commandLine(mesh))
                .addSubcommand(AuditCommand.commandLine(mesh))
                .addSubcommand(new SyncCommand(mesh))
                .addSubcommand(new MaintainCommand(mesh))
                .addSubcommand(new EraseCommand(mesh))
                .addSubcommand(new DoctorCommand(mesh))
                .addSubcommand(new DemoCommand(mesh))
                .addSubcommand(new CompletionCommand(mesh))
                .setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(screen.colour() ? Ansi.ON : Ansi.OFF))
                .setExecutionExceptionHandler((failure, line, parsed) -> mesh.report(failure))
                .setParameterExceptionHandler((failure, values) -> wrongUsage(screen, failure));
    }

    Screen screen() {
        return screen;
    }

    /** Opens the mesh that the options name. */
    Mesh open() {
        Logger.getLogger("").setLevel(verbose ? Level.INFO : Level.OFF);
        Mesh opened = config == null ? Mesh.open() : Mesh.open(config);
        opened.audit().warnTo(warning -> screen.message("Warning: " + warning));
        return opened;
    }

    /** Shows a result in the format that was asked for. */
    int show(Report report) {
        if (output == OutputFormat.json) {
            screen.raw(Json.write(report.json()));
        } else {
            report.print(screen);
        }
        return ExitCode.DONE;
    }

    /** Runs with a progress bar, if somebody watches. */
    PublishResult withProgress(List<String> paths, Publish publish, Function<Publish, PublishResult> run) {
        if (!screen.interactive()) {
            return run.apply(publish);
        }
        try (ProgressLine progress = new ProgressLine(screen, RowEstimate.of(paths))) {
            return run.apply(publish.progress(progress));
        }
    }

    private int report(Exception failure) {
        String message = failure instanceof MeshException
                ? String.valueOf(failure.getMessage())
                : "Lakemesh failed: " + failure + (verbose ? "" : " (--verbose shows where)");
        screen.err().println(label(screen) + Visible.lines(message));
        if (verbose) {
            failure.printStackTrace(screen.err());
        }
        return ExitCode.of(failure);
    }

    private static int wrongUsage(Screen screen, ParameterException failure) {
        PrintWriter err = screen.err();
        err.println(label(screen) + Visible.lines(String.valueOf(failure.getMessage())));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.INVALID_INPUT;
    }

    private static String label(Screen screen) {
        return screen.styled(Style.BAD, "error:") + " ";
    }
}
