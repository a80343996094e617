package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.cli.report.TrinoConfigReport;
import io.lakemesh.governance.opa.OpaPolicyDeciderProvider;
import io.lakemesh.governance.trino.TrinoConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mesh policy trino-config}. */
@Command(
        name = "trino-config",
        description = "Writes what Trino needs to obey the mesh's policy: access control, groups, a catalog.",
        footer = "  mesh policy trino-config --to /etc/trino --users users.yaml",
        exitCodeList = {"0:the files are there", "2:Trino cannot read this mesh, or something in the files is wrong"})
final class PolicyTrinoConfigCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "Trino's configuration folder, the one of config.properties")
    private Path folder;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "YAML: each user's list of groups, purpose:x and key:value among them")
    private @Nullable Path users;

    PolicyTrinoConfigCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            MeshConfig settings = opened.config();
            TrinoConfig config = TrinoConfig.of(OpaPolicyDeciderProvider.url(settings.policy()))
                    .catalog(PolicyBundle.catalog(opened), settings.catalog(), settings.warehouse());
            if (users != null) {
                config.users(users);
            }
            return mesh.show(new TrinoConfigReport(config.write(folder), config.environment()));
        }
    }
}
