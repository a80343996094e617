package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import io.lakemesh.governance.trino.TrinoConfig;
import java.nio.file.Path;
import java.util.List;

/** The files of Trino's configuration that were written, and what else it needs. */
public record TrinoConfigReport(List<Path> files, List<String> environment) implements Report {
    public TrinoConfigReport {
        files = List.copyOf(files);
        environment = List.copyOf(environment);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("files", files.stream().map(Path::toString).toList())
                .put("config", settings())
                .put("environment", environment)
                .build();
    }

    private static List<String> settings() {
        return TrinoConfig.SERVER.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.GOOD, "Wrote what Trino needs to obey the policy");
        files.forEach(file -> screen.line("  " + file));
        settings().forEach(setting -> screen.line("Its config.properties needs " + setting));
        environment.forEach(variable -> screen.line("Its environment needs " + variable));
    }
}
