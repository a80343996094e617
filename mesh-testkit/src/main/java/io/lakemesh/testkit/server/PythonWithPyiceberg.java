package io.lakemesh.testkit.server;

import java.nio.file.Path;

/** A Python that has pyiceberg and pandas: no server, but what reads tables where no Java is. */
public final class PythonWithPyiceberg {
    private PythonWithPyiceberg() {}

    public static Path command() {
        return Installation.of("pyiceberg", "bin/python");
    }
}
