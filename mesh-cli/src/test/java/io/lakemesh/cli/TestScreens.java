package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import java.io.PrintWriter;
import java.io.Writer;

/** Screens that nobody sees. */
final class TestScreens {
    private TestScreens() {}

    static Screen silent() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Screen(nowhere, nowhere, false, false, 100);
    }
}
