package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;

/** Where a policy's bundle went. */
public record BundleReport(String to, String revision) implements Report {
    @Override
    public Node json() {
        return Node.mapping().put("to", to).put("revision", revision).build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.GOOD, "Policy revision " + Words.digest(revision) + " is at " + to);
    }
}
