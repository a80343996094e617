package io.lakemesh.cli;

import io.lakemesh.cli.report.ProfileReport;
import io.lakemesh.document.Json;
import io.lakemesh.iceberg.file.FileSources;
import io.lakemesh.iceberg.profile.Profile;
import io.lakemesh.iceberg.profile.Profiler;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh profile}. */
@Command(
        name = "profile",
        description = "Shows what is in a file, or drafts a contract that it passes. Shows values of the file.",
        footer = {"  mesh profile orders.csv", "  mesh profile orders.csv --contract > orders.odcs.yaml"})
final class ProfileCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "FILE", description = "a file, a folder or a glob: CSV, JSON Lines (also .gz) or Parquet")
    private String file;

    @Option(names = "--contract", description = "prints a drafted contract (ODCS) instead, for you to edit")
    private boolean contract;

    @Mixin
    private CsvFormat csv = new CsvFormat();

    ProfileCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        Profile profile = Profiler.profile(FileSources.of(file, csv.options()));
        if (!contract) {
            return mesh.show(new ProfileReport(profile));
        }
        String object = objectName();
        String id = "urn:my-domain:" + object;
        mesh.screen()
                .raw(
                        mesh.output == OutputFormat.json
                                ? Json.write(Profiler.draftContract(profile, id, object))
                                : Profiler.draftYaml(profile, id, object).stripTrailing());
        return ExitCode.DONE;
    }

    /** A name for the drafted table from the file's: {@code orders-2026.csv.gz} is {@code orders_2026}. */
    private String objectName() {
        String last = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
        int dot = last.indexOf('.');
        String name = (dot > 0 ? last.substring(0, dot) : last)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
        return name.isEmpty() ? "records" : name;
    }
}
