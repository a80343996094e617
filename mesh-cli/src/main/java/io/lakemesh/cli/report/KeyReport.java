package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;

/** The key that a domain uses from now on. */
public record KeyReport(String domain, String key) implements Report {
    @Override
    public Node json() {
        return Node.mapping().put("domain", domain).put("key", key).build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.GOOD, "Domain " + domain + " uses key " + key + " from now on.");
    }
}
