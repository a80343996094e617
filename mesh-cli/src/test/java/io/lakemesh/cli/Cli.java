package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this process, in a mesh of their own. */
final class Cli {
    private final Path config;
    private final boolean colour;

    private Cli(Path config, boolean colour) {
        this.config = config;
        this.colour = colour;
    }

    /** A mesh in a folder. */
    static Cli in(Path folder) throws IOException {
        return in(folder, "");
    }

    /** A mesh in a folder, with further sections in its configuration. */
    static Cli in(Path folder, String sections) throws IOException {
        return new Cli(
                Files.writeString(folder.resolve("mesh.yaml"), "mesh:\n  name: test\n  identity: tester\n" + sections),
                false);
    }

    Cli withColour() {
        return new Cli(config, true);
    }

    record Result(int code, String out, String err) {
        Node.Mapping json() {
            return (Node.Mapping) Documents.parse("stdout", out, DocumentLimits.MANIFEST);
        }
    }

    Result run(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", config.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), colour, false, 100);
        int code = MeshCommand.run(screen, all.toArray(String[]::new));
        screen.out().flush();
        screen.err().flush();
        return new Result(code, out.toString(), err.toString());
    }

    Result json(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("--output", "json"));
        all.addAll(List.of(arguments));
        return run(all.toArray());
    }
}
