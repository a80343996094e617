package io.lakemesh.cli;

import io.lakemesh.cli.text.Screen;

/** The process: runs one command and ends with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Screen screen = Screen.ofProcess();
        int code = MeshCommand.run(screen, arguments);
        screen.out().flush();
        screen.err().flush();
        System.exit(code);
    }
}
