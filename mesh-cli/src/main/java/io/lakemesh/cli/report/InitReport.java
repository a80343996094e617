package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import java.nio.file.Path;
import java.util.List;

/** The files of a product that was started. */
public record InitReport(Path folder, List<Path> files) implements Report {
    public InitReport {
        files = List.copyOf(files);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("folder", folder.toString())
                .put("files", files.stream().map(Path::toString).toList())
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.GOOD, "Started a product in " + folder);
        files.forEach(file -> screen.line("  " + file));
        screen.blank();
        String shown = Words.shell(folder.toString());
        screen.line("Next: edit the contract, then");
        screen.line("  mesh validate " + shown);
        screen.line("  mesh publish " + shown + " --input "
                + Words.shell(folder.resolve("sample.csv").toString()));
    }
}
