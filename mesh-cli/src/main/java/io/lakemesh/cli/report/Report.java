package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.document.Node;

/** What a command found or did. */
public interface Report {
    /** For programs; docs/reference/cli.md has the keys. */
    Node json();

    /** For people: what happened, and what to do next. */
    void print(Screen screen);
}
