package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;

/** The keys of a name that are in use from now on. */
public record KeyReport(String name, String key) implements Report {
    @Override
    public Node json() {
        return Node.mapping().put("name", name).put("key", key).build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.GOOD, "The keys " + key + " of " + name + " are in use from now on.");
    }
}
