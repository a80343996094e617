package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;
import java.util.TimeZone;

/** The process: runs one command and ends with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Trino's driver shifts local times inside nested values that the machine's zone skips (see
        // docs/decisions/0006-trino.md)
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Screen screen = Screen.ofProcess();
        int code = MeshCommand.run(screen, arguments);
        screen.out().flush();
        screen.err().flush();
        System.exit(code);
    }
}
